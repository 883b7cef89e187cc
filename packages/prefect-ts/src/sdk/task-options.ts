import type { CacheKeyFn, CachePolicy } from "./cache-policies.ts";
import type { Duration } from "./durations.ts";
import type { PrefectFuture } from "./futures.ts";
import type { RetryDelay } from "./retries.ts";
import type { State } from "./states.ts";
import type { TaskRun } from "./task-run.ts";
import type { TaskSpec } from "./task-spec.ts";

/** Called when a task run enters a state. What it throws is logged and goes no further. */
export type TaskHook = (task: TaskSpec, taskRun: TaskRun, state: State) => unknown;

/** Says whether a failed attempt is worth another one. */
export type RetryCondition = (task: TaskSpec, taskRun: TaskRun, state: State) => boolean | Promise<boolean>;

/** Makes a run's name: a template such as `"load-{table}"`, or a function of the arguments by name. */
export type RunNameSource = string | ((parameters: Readonly<Record<string, unknown>>) => string);

export interface TaskOptions {
  /** Shown in logs and in the dashboard. Default: the function's own name. */
  readonly name?: string;
  /** Identity of the task across program versions, for caching. Default: the name. */
  readonly key?: string;
  readonly description?: string;
  readonly version?: string;
  /** Also the names of the concurrency limits that runs take slots of. Default: none. */
  readonly tags?: readonly string[];
  /** Attempts after the first. Default: PREFECT_TASKS_DEFAULT_RETRIES, 0. */
  readonly retries?: number;
  /** Seconds before a retry: one number, one per retry, or `exponentialBackoff(factor)`. Default: 0. */
  readonly retryDelaySeconds?: RetryDelay;
  /** Stretches each delay by a random share of up to this factor. Default: 0, not at all. */
  readonly retryJitterFactor?: number;
  /** Default: every failure is retried. */
  readonly retryConditionFn?: RetryCondition;
  /** Fails the attempt and aborts its signal after this many seconds. Default and 0: no limit. */
  readonly timeoutSeconds?: number;
  /** When an earlier result is taken instead of running. Default: `DEFAULT`, which counts only where results persist. */
  readonly cachePolicy?: CachePolicy | readonly CachePolicy[];
  /** A cache key made by hand, for example `taskInputHash`; it wins over `cachePolicy`. */
  readonly cacheKeyFn?: CacheKeyFn;
  /** How long a cached result may be used: seconds, `"PT1H"`, or `{ hours: 1 }`. Default: for ever. */
  readonly cacheExpiration?: Duration;
  /** The same in seconds, as older programs write it. */
  readonly cacheExpirationSeconds?: number;
  /** Runs in any case and replaces the cached result. Default: false. */
  readonly refreshCache?: boolean;
  /** Keeps results in storage. Default: true with a cache policy or key, else what the flow says. */
  readonly persistResult?: boolean;
  /** Name of the stored result, as a template over `parameters`. Default: the cache key, or a new one per run. */
  readonly resultStorageKey?: string;
  /** Name of each run. Default: the task's name and three random digits. */
  readonly taskRunName?: RunNameSource;
  /** Sends `console.*` inside the task through the run's log. Default: what the flow says. */
  readonly logPrints?: boolean;
  readonly onCompletion?: readonly TaskHook[];
  readonly onFailure?: readonly TaskHook[];
  readonly onRunning?: readonly TaskHook[];
  /** Runs that must have completed before this one starts, though no result of theirs is passed. */
  readonly waitFor?: Iterable<PrefectFuture | State>;
}

export const taskOptionNames: ReadonlySet<string> = new Set<keyof TaskOptions>([
  "name",
  "key",
  "description",
  "version",
  "tags",
  "retries",
  "retryDelaySeconds",
  "retryJitterFactor",
  "retryConditionFn",
  "timeoutSeconds",
  "cachePolicy",
  "cacheKeyFn",
  "cacheExpiration",
  "cacheExpirationSeconds",
  "refreshCache",
  "persistResult",
  "resultStorageKey",
  "taskRunName",
  "logPrints",
  "onCompletion",
  "onFailure",
  "onRunning",
  "waitFor",
]);
