import { addSeconds } from "../../domain/instant.ts";
import { rawJson } from "../../domain/json.ts";
import { clampedPoissonInterval } from "../../domain/poisson.ts";
import { awaitingRetry } from "../../domain/state-proposals.ts";
import type { TaskRunPolicy } from "../../domain/task-runs.ts";
import { readTaskRunPolicy } from "../../storage/codecs/run-policies.ts";
import { proceed, reject, taskRunRule } from "../rule.ts";

/** A failed attempt becomes a future one while the task run has retries left and its own condition wants one. */
export const retryFailedTaskRun = taskRunRule({
  name: "retry-failed-task-run",
  from: ["RUNNING"],
  to: ["FAILED"],
  before({ run, proposed, now }) {
    const policy = readTaskRunPolicy(run.empirical_policy);
    if (proposed.details.retriable === false) return proceed();
    if (policy.retries === null || run.run_count > policy.retries) return proceed();
    const { message, data } = proposed;
    const delaySeconds = retryDelaySeconds(policy, run.run_count);
    const extras = { message, data: data === null ? null : rawJson(data) };
    return reject(awaitingRetry(addSeconds(now, delaySeconds), extras), "Retrying");
  },
});

function retryDelaySeconds({ retry_delay, retry_jitter_factor }: TaskRunPolicy, attempt: number): number {
  const delay = typeof retry_delay === "number" ? retry_delay : nth(retry_delay ?? [], attempt);
  return retry_jitter_factor !== null && retry_jitter_factor > 0
    ? clampedPoissonInterval(delay, retry_jitter_factor)
    : delay;
}

/** One delay per attempt; the last one counts for all further ones. */
function nth(delays: readonly number[], attempt: number): number {
  return delays[Math.max(0, Math.min(attempt, delays.length) - 1)] ?? 0;
}
