import type { FlowRun } from "./flow-run.ts";
import type { FlowSpec } from "./flow-spec.ts";
import type { PrefectFuture } from "./futures.ts";
import type { StandardSchema } from "./parameters.ts";
import type { State } from "./states.ts";
import type { RunNameSource } from "./task-options.ts";
import type { TaskRunner } from "./task-runners.ts";

/** Called when a flow run enters a state. What it throws is logged and goes no further. */
export type FlowHook = (flow: FlowSpec, flowRun: FlowRun, state: State) => unknown;

export interface FlowOptions {
  /** Shown in logs and in the dashboard. Default: the function's own name, with `-` for `_`. */
  readonly name?: string;
  /** Default: a hash of the file that defines the flow. */
  readonly version?: string;
  readonly description?: string;
  /** Checks the parameters; the function then takes one object. Any Standard Schema, for example `z.object({ … })`. */
  readonly parameters?: StandardSchema;
  /** With `false`, the parameters are not checked. Default: true. */
  readonly validateParameters?: boolean;
  /** Name of each run: a template over the parameters, or a function of them. Default: two random words. */
  readonly flowRunName?: RunNameSource;
  /** Attempts after the first. Default: PREFECT_FLOWS_DEFAULT_RETRIES, 0. */
  readonly retries?: number;
  /** Seconds before each retry. Default: PREFECT_FLOWS_DEFAULT_RETRY_DELAY_SECONDS, 0. */
  readonly retryDelaySeconds?: number;
  /** Fails the attempt and aborts its signal after this many seconds. Default and 0: no limit. */
  readonly timeoutSeconds?: number;
  /** Runs what tasks are submitted. Default: `new ConcurrentTaskRunner()`. */
  readonly taskRunner?: TaskRunner;
  /**
   * Each awaited task is on disk when its await resolves, and results are stored. Costs a fraction of a millisecond per
   * task. Default: false, the last moments before a crash may be lost.
   */
  readonly durable?: boolean;
  /** Keeps the results of the flow and of its tasks in storage. Default: PREFECT_RESULTS_PERSIST_BY_DEFAULT, false. */
  readonly persistResult?: boolean;
  /** Sends `console.*` inside the flow through the run's log. Default: PREFECT_LOGGING_LOG_PRINTS, false. */
  readonly logPrints?: boolean;
  readonly onCompletion?: readonly FlowHook[];
  readonly onFailure?: readonly FlowHook[];
  readonly onCancellation?: readonly FlowHook[];
  readonly onCrashed?: readonly FlowHook[];
  readonly onRunning?: readonly FlowHook[];
  /** Runs that must have completed before this one starts. */
  readonly waitFor?: Iterable<PrefectFuture | State>;
}

export const flowOptionNames: ReadonlySet<string> = new Set<keyof FlowOptions>([
  "name",
  "version",
  "description",
  "parameters",
  "validateParameters",
  "flowRunName",
  "retries",
  "retryDelaySeconds",
  "timeoutSeconds",
  "taskRunner",
  "durable",
  "persistResult",
  "logPrints",
  "onCompletion",
  "onFailure",
  "onCancellation",
  "onCrashed",
  "onRunning",
  "waitFor",
]);
