import { addSeconds } from "../../domain/instant.ts";
import { rawJson } from "../../domain/json.ts";
import { awaitingRetry } from "../../domain/state-proposals.ts";
import { readFlowRunPolicy, writeFlowRunPolicy } from "../../storage/codecs/run-policies.ts";
import { flowRunRule, proceed, reject } from "../rule.ts";

/**
 * A failed attempt becomes a future one while the run has retries left. The process that failed makes it, so workers
 * must not pick the run up meanwhile: `in_process` hides it from them.
 */
export const retryFailedFlowRun = flowRunRule({
  name: "retry-failed-flow-run",
  from: ["RUNNING"],
  to: ["FAILED"],
  before({ run, initial, proposed, now }) {
    const policy = readFlowRunPolicy(run.empirical_policy);
    if (policy.retries == null || run.run_count > policy.retries) {
      return proceed({ run: { empirical_policy: writeFlowRunPolicy({ ...policy, retry_type: null }) } });
    }
    const { message, data } = proposed;
    const next = awaitingRetry(addSeconds(now, policy.retry_delay ?? 0), {
      message,
      data: data === null ? null : rawJson(data),
    });
    const retrying = writeFlowRunPolicy({ ...policy, resuming: false, pause_keys: [], retry_type: "in_process" });
    const deployment_concurrency_lease_id = initial?.details.deployment_concurrency_lease_id ?? null;
    const state_details = { ...next.state_details, deployment_concurrency_lease_id };
    return reject({ ...next, state_details }, "Retrying", { empirical_policy: retrying });
  },
});
