import type { AnyRun, RunState } from "../rule.ts";

/** A state that is about to be written, and the run as the transforms before have left it. */
export interface Entering<Run extends AnyRun = AnyRun> {
  readonly run: Run;
  readonly initial: RunState | null;
  readonly proposed: RunState;
}

/** Bookkeeping that every state brings with it: what changes on the run. */
export type Transform<Run extends AnyRun = AnyRun> = (entering: Entering<Run>) => Partial<Run>;
