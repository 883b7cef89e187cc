import type { FlowRunPolicy } from "../../domain/flow-runs.ts";
import { withDeprecatedRetries } from "../../domain/retry-policy.ts";
import type { TaskRunPolicy } from "../../domain/task-runs.ts";
import type { JsonText } from "../tables.ts";

const NO_RETRIES = { max_retries: 0, retry_delay_seconds: 0, retries: null, retry_delay: null };
const FLOW_RUN_DEFAULTS: FlowRunPolicy = { ...NO_RETRIES, pause_keys: [], resuming: false, retry_type: null };
const TASK_RUN_DEFAULTS: TaskRunPolicy = { ...NO_RETRIES, retry_jitter_factor: null };

/** A flow run's policy with its defaults. */
export function readFlowRunPolicy(text: JsonText): FlowRunPolicy {
  return withDeprecatedRetries({ ...FLOW_RUN_DEFAULTS, ...(JSON.parse(text) as Partial<FlowRunPolicy>) });
}

export function writeFlowRunPolicy(policy: FlowRunPolicy): JsonText {
  return JSON.stringify(policy);
}

/** A task run's policy with its defaults. */
export function readTaskRunPolicy(text: JsonText): TaskRunPolicy {
  return withDeprecatedRetries({ ...TASK_RUN_DEFAULTS, ...(JSON.parse(text) as Partial<TaskRunPolicy>) });
}
