import type { StateType } from "prefect-ts/domain";
import { runStates } from "../lib/run-states.ts";

interface StateBadgeProps {
  readonly type: StateType | null;
  readonly name?: string | null | undefined;
  readonly size?: "small" | "large";
}

/** Icon, word and colour together: the colour alone never says it. */
export function StateBadge({ type, name, size = "small" }: StateBadgeProps) {
  if (type === null) return <span className="text-muted">No state</span>;
  const { icon: Icon, label, color } = runStates[type];
  const look = size === "large" ? "h-7 gap-1.5 px-2.5 text-sm" : "h-[22px] gap-1 px-1.5 text-xs";
  return (
    <span
      data-state={type}
      className={`inline-flex max-w-full shrink-0 items-center rounded-md font-medium whitespace-nowrap ${look}`}
      style={{ color: `var(--${color})`, background: `var(--${color}-soft)` }}
    >
      <Icon aria-hidden className={size === "large" ? "size-4 shrink-0" : "size-3.5 shrink-0"} />
      <span className="truncate">{name ?? label}</span>
    </span>
  );
}
