import type { StateType } from "prefect-ts/domain";
import { cssColor } from "../../lib/page-title.ts";
import { runStates, stateTypesInOrder } from "../../lib/run-states.ts";

/** The theme's colours as a canvas wants them. */
export interface Palette {
  readonly ground: string;
  readonly stripe: string;
  readonly line: string;
  readonly ink: string;
  readonly muted: string;
  readonly accent: string;
  readonly selected: string;
  readonly bar: Readonly<Record<StateType, string>>;
}

export function readPalette(): Palette {
  const bars = stateTypesInOrder.map((type) => [type, cssColor(`--${runStates[type].color}-bar`)]);
  return {
    ground: cssColor("--surface"),
    stripe: cssColor("--hover"),
    line: cssColor("--line"),
    ink: cssColor("--ink"),
    muted: cssColor("--muted"),
    accent: cssColor("--accent"),
    selected: cssColor("--selected"),
    bar: Object.fromEntries(bars) as Record<StateType, string>,
  };
}
