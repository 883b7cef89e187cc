import { ChevronDown } from "lucide-react";
import { Popover } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";

export interface PickerOption {
  readonly value: string;
  readonly label: ReactNode;
  /** Stands under the option before it. */
  readonly isNested?: boolean;
}

interface PickerProps {
  readonly label: string;
  /** What is chosen, in a word; absent when nothing is. */
  readonly summary?: string | undefined;
  readonly onOpenChange?: (isOpen: boolean) => void;
  readonly children: ReactNode;
}

/** A filter's button and what opens under it. */
export function Picker({ label, summary, onOpenChange, children }: PickerProps) {
  return (
    <Popover.Root {...(onOpenChange === undefined ? {} : { onOpenChange })}>
      <Popover.Trigger asChild>
        <Button isActive={summary !== undefined}>
          <span className={summary === undefined ? "" : "text-muted"}>{label}</span>
          {summary !== undefined && <span className="max-w-40 truncate">{summary}</span>}
          <ChevronDown aria-hidden className="size-3.5 text-muted" />
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          aria-label={label}
          className="z-40 max-h-[70vh] w-72 overflow-y-auto rounded-lg border border-line bg-raised p-2 shadow-xl"
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

interface CheckListProps {
  readonly options: readonly PickerOption[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: string[]) => void;
}

export function CheckList({ options, chosen, onChange }: CheckListProps) {
  const toggle = (value: string) =>
    onChange(chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value]);
  return (
    <ul>
      {options.map(({ value, label, isNested }) => (
        <li key={value}>
          <label
            className={`flex min-h-7 cursor-pointer items-center gap-2 rounded px-2 hover:bg-hover ${isNested ? "ml-5" : ""}`}
          >
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              onChange={() => toggle(value)}
              className="size-3.5 accent-[var(--accent)]"
            />
            <span className="min-w-0 truncate">{label}</span>
          </label>
        </li>
      ))}
    </ul>
  );
}
