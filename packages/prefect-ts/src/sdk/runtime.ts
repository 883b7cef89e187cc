/** What the current run knows about itself; `undefined` or empty outside of runs. */
import { currentContext } from "./context.ts";

/** The flow run that this code runs in. */
export const flowRun = {
  get id(): string | undefined {
    return currentContext().flowRun?.flowRun.id;
  },
  get name(): string | undefined {
    return currentContext().flowRun?.flowRun.name;
  },
  get flowName(): string | undefined {
    return currentContext().flowRun?.flow.name;
  },
  get flowVersion(): string | undefined {
    return currentContext().flowRun?.flow.version;
  },
  get parameters(): Readonly<Record<string, unknown>> {
    return currentContext().flowRun?.parameters ?? {};
  },
  get tags(): readonly string[] {
    return currentContext().flowRun?.flowRun.tags ?? [];
  },
  /** Attempts begun so far; 0 outside of runs. */
  get runCount(): number {
    return currentContext().flowRun?.flowRun.runCount ?? 0;
  },
  /** Aborted when the run times out, is cancelled, or the process ends. */
  get signal(): AbortSignal | undefined {
    return currentContext().flowRun?.signal;
  },
};

/** The task run that this code runs in. */
export const taskRun = {
  get id(): string | undefined {
    return currentContext().taskRun?.taskRun.id;
  },
  get name(): string | undefined {
    return currentContext().taskRun?.taskRun.name;
  },
  get taskName(): string | undefined {
    return currentContext().taskRun?.task.name;
  },
  get parameters(): Readonly<Record<string, unknown>> {
    return currentContext().taskRun?.parameters ?? {};
  },
  get tags(): readonly string[] {
    return currentContext().taskRun?.taskRun.tags ?? [];
  },
  /** Attempts begun so far; 0 outside of runs. */
  get runCount(): number {
    return currentContext().taskRun?.taskRun.runCount ?? 0;
  },
  /** Aborted when the attempt times out or the flow run ends early. */
  get signal(): AbortSignal | undefined {
    return currentContext().taskRun?.signal;
  },
};

/** All of it, for `import { runtime } from "prefect-ts"`. */
export const runtime = { flowRun, taskRun };
