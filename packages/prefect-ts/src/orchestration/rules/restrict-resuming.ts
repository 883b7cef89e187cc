import { failed } from "../../domain/state-proposals.ts";
import { isTerminal } from "../../domain/states.ts";
import { readFlowRunPolicy, writeFlowRunPolicy } from "../../storage/codecs/run-policies.ts";
import { flowRunRule, proceed, reject } from "../rule.ts";

/**
 * A paused flow goes on, is scheduled to go on, or ends; after its timeout it can only fail. It can be cancelled at any
 * time: its process may still be there, and a worker has to stop it.
 */
export const restrictResuming = flowRunRule({
  name: "restrict-resuming",
  from: ["PAUSED"],
  before({ initial, proposed, run, now }) {
    if (initial === null) return proceed();
    const { type } = proposed;
    if (type !== "RUNNING" && type !== "SCHEDULED" && type !== "CANCELLING" && !isTerminal(type)) {
      return reject(null, `A paused run cannot become ${type}.`);
    }
    if (initial.details.pause_reschedule === true && run.deployment_id === null) {
      return reject(null, "A suspended run without a deployment cannot be resumed.");
    }
    if (type === "CANCELLING") return proceed();
    const timeout = initial.details.pause_timeout;
    if (timeout == null || timeout >= now) return proceed();
    return reject(failed("The flow was paused and not resumed in time."), "The pause has timed out.");
  },
  after({ run }) {
    const policy = readFlowRunPolicy(run.empirical_policy);
    return { empirical_policy: writeFlowRunPolicy({ ...policy, resuming: true }) };
  },
});
