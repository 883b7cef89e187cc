import { Tabs as Radix } from "radix-ui";
import type { ReactNode } from "react";

export interface TabOf<Key extends string> {
  readonly key: Key;
  readonly label: string;
  readonly count?: number | undefined;
}

interface TabsProps<Key extends string> {
  readonly tabs: readonly TabOf<Key>[];
  readonly current: Key;
  readonly onChange: (key: Key) => void;
  readonly children: ReactNode;
}

/** The content of the current tab fills what is left of the page and scrolls by itself. */
export function Tabs<Key extends string>({ tabs, current, onChange, children }: TabsProps<Key>) {
  return (
    <Radix.Root
      value={current}
      onValueChange={(value) => {
        const tab = tabs.find(({ key }) => key === value);
        if (tab !== undefined) onChange(tab.key);
      }}
      className="flex min-h-0 flex-1 flex-col border-t border-line bg-surface"
    >
      <Radix.List aria-label="About this run" className="flex h-9 shrink-0 gap-1 border-b border-line px-4">
        {tabs.map(({ key, label, count }) => (
          <Radix.Trigger
            key={key}
            value={key}
            className="-mb-px flex items-center gap-1.5 border-b-2 border-transparent px-2 text-soft hover:text-ink data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-ink"
          >
            {label}
            {count !== undefined && (
              <span className="tabular rounded-full bg-hover px-1.5 text-xs font-normal text-soft">
                {count.toLocaleString("en-GB")}
              </span>
            )}
          </Radix.Trigger>
        ))}
      </Radix.List>
      <Radix.Content value={current} className="flex min-h-0 flex-1 flex-col" tabIndex={-1}>
        {children}
      </Radix.Content>
    </Radix.Root>
  );
}
