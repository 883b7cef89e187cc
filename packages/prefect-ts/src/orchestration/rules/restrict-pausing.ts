import { newId } from "../../domain/ids.ts";
import { readFlowRunPolicy, writeFlowRunPolicy } from "../../storage/codecs/run-policies.ts";
import { abort, flowRunRule, proceed, reject } from "../rule.ts";

/**
 * Only a running flow pauses, and each pause of its code only once: a replay after a resume comes by the same call
 * again, and its key is known then. Suspending (`pause_reschedule`) gives up the process, so there must be a deployment
 * that can start another one; a subflow lives in its parent's process.
 */
export const restrictPausing = flowRunRule({
  name: "restrict-pausing",
  to: ["PAUSED"],
  before({ initial, proposed, run }) {
    const verb = proposed.name === "Suspended" ? "suspended" : "paused";
    if (initial === null) return abort(`A run without a state cannot be ${verb}.`);
    if (initial.type !== "RUNNING") return reject(null, `Only a running flow can be ${verb}.`);
    const { pause_key, pause_reschedule } = proposed.details;
    const known = readFlowRunPolicy(run.empirical_policy).pause_keys ?? [];
    if (pause_key != null && known.includes(pause_key)) return reject(null, `The flow was ${verb} here before.`);
    if (pause_reschedule !== true) return proceed();
    if (run.parent_task_run_id !== null) return abort(`A subflow cannot be ${verb}.`);
    return run.deployment_id === null ? abort(`A run without a deployment cannot be ${verb}.`) : proceed();
  },
  after({ run, proposed }) {
    const policy = readFlowRunPolicy(run.empirical_policy);
    const pause_keys = [...(policy.pause_keys ?? []), proposed?.details.pause_key ?? newId()];
    return { empirical_policy: writeFlowRunPolicy({ ...policy, pause_keys }) };
  },
});
