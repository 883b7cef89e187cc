/** prefect-ts: flows and tasks whose every run can be watched, retried and cached. */

export { allowFailure, opaque, quote, unmapped } from "./sdk/annotations.ts";
export {
  createImageArtifact,
  createLinkArtifact,
  createMarkdownArtifact,
  createProgressArtifact,
  createTableArtifact,
  updateProgressArtifact,
} from "./sdk/artifacts.ts";
export { taskInputHash } from "./sdk/cache-policies.ts";
export { type Client, getClient } from "./sdk/client.ts";
export { getRunContext } from "./sdk/context.ts";
export type { Duration } from "./sdk/durations.ts";
export { isPrefectSignal, PrefectException } from "./sdk/exceptions.ts";
export { type Flow, flow, isFlow } from "./sdk/flow.ts";
export type { FlowHook, FlowOptions } from "./sdk/flow-options.ts";
export type { FlowRun } from "./sdk/flow-run.ts";
export { asCompleted, FutureList, isFuture, PrefectFuture, wait } from "./sdk/futures.ts";
export { isMain } from "./sdk/is-main.ts";
export { exponentialBackoff, type RetryDelay } from "./sdk/retries.ts";
export { getRunLogger, type RunLogger } from "./sdk/run-logger.ts";
export { runtime } from "./sdk/runtime.ts";
export { isState, State, type StateType } from "./sdk/states.ts";
export { withTags } from "./sdk/tags.ts";
export { isTask, type Task, task } from "./sdk/task.ts";
export type { RetryCondition, TaskHook, TaskOptions } from "./sdk/task-options.ts";
export type { TaskRun } from "./sdk/task-run.ts";
export { ConcurrentTaskRunner, type TaskRunner, ThreadPoolTaskRunner } from "./sdk/task-runners.ts";
