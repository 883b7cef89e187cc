import type { RunScope } from "./companion/protocol.ts";
import { MissingContextError } from "./exceptions.ts";
import type { FlowRun } from "./flow-run.ts";
import type { FlowSpec } from "./flow-spec.ts";
import { processState } from "./process-state.ts";
import type { RunLogger } from "./run-logger.ts";
import type { State } from "./states.ts";
import type { TaskRun } from "./task-run.ts";
import type { RunningTaskRunner } from "./task-runners.ts";
import type { TaskSpec } from "./task-spec.ts";

/** What the code of a flow run runs in. */
export interface FlowRunContext {
  readonly flow: FlowSpec;
  readonly flowRun: FlowRun;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly logger: RunLogger;
  /** Aborted when the run times out, is cancelled, or the process ends. */
  readonly signal: AbortSignal;
  readonly scope: RunScope;
  readonly runner: RunningTaskRunner;
  readonly persistsResults: boolean;
  /** A task run is over when it is committed. */
  readonly isDurable: boolean;
  readonly logsPrints: boolean;
  /** Calls of each subflow so far: the same call of a retry finds its run again. */
  readonly subflowCalls: Map<string, number>;
  /** Final states of subflows by their tracking task run; they outlive an attempt. */
  readonly subflowStates: Map<string, State>;
}

/** What the code of a task run runs in. */
export interface TaskRunContext {
  readonly task: TaskSpec;
  readonly taskRun: TaskRun;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly logger: RunLogger;
  /** Aborted when the attempt times out or the flow run ends early. */
  readonly signal: AbortSignal;
  readonly logsPrints: boolean;
  /** Gives back the place among running tasks while this one waits for others. */
  readonly place: { leave(): void; enter(): Promise<void> } | undefined;
}

/** Everything that travels with the asynchronous calls of a run. */
export interface RunContext {
  readonly flowRun: FlowRunContext | undefined;
  readonly taskRun: TaskRunContext | undefined;
  readonly tags: readonly string[];
}

const emptyContext: RunContext = { flowRun: undefined, taskRun: undefined, tags: [] };

export function currentContext(): RunContext {
  return processState.contexts.getStore() ?? emptyContext;
}

export function runInContext<Args extends unknown[], Result>(
  context: RunContext,
  fn: (...args: Args) => Result,
  ...args: Args
): Result {
  return processState.contexts.run(context, fn, ...args);
}

/**
 * The context of the task run or flow run that this code runs in; the innermost one. Its `signal` says when to stop:
 * hand it to `fetch`, timers and child processes.
 *
 * Throws `MissingContextError` outside of runs.
 *
 * @example
 * ```ts
 * const download = task({ timeoutSeconds: 10 }, async (url: string) => {
 *   const response = await fetch(url, { signal: getRunContext().signal });
 *   return response.text();
 * });
 * ```
 */
export function getRunContext(): FlowRunContext | TaskRunContext {
  const { flowRun, taskRun } = currentContext();
  const context = taskRun ?? flowRun;
  if (context === undefined) {
    throw new MissingContextError("No run context available. You are not in a flow or task run context.");
  }
  return context;
}
