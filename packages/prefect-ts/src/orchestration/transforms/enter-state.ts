import type { AnyRun, RunState } from "../rule.ts";
import type { Transform } from "./transform.ts";

/** Carries out the transforms on a draft of the run; each sees what the ones before it changed. */
export function enterState<Run extends AnyRun>(
  transforms: readonly Transform<Run>[],
  run: Run,
  initial: RunState | null,
  proposed: RunState,
): void {
  for (const transform of transforms) Object.assign(run, transform({ run, initial, proposed }));
}
