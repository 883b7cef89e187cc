import { isTerminal, terminalStateTypes } from "../../domain/states.ts";
import { readFlowRunPolicy, writeFlowRunPolicy } from "../../storage/codecs/run-policies.ts";
import { abort, flowRunRule, proceed, reject } from "../rule.ts";
import { hasResult, hasResultToLose } from "../run-state.ts";

/**
 * A flow run that has ended stays so, unless it is run again: from the start when it completed without a stored result,
 * from a schedule when it has a deployment that can start it. What pauses and retries left behind does not count for
 * the new attempt.
 */
export const guardTerminalFlowRun = flowRunRule({
  name: "guard-terminal-flow-run",
  from: [...terminalStateTypes],
  before({ initial, proposed, run }) {
    if (initial === null) return proceed();
    if (proposed.type === "CANCELLING" || proposed.type === "PAUSED" || proposed.type === "CRASHED") {
      return abort(`This run has ended already: it is ${initial.type}.`);
    }
    if (initial.type === "COMPLETED" && hasResultToLose(initial)) {
      if (!isTerminal(proposed.type)) return reject(null, "This run is COMPLETED and its result is stored.");
      if (proposed.type === "COMPLETED" && !hasResult(proposed)) {
        return reject(null, "The new COMPLETED state has no result, and the one it would replace has.");
      }
    }
    if (proposed.type === "SCHEDULED" && run.deployment_id === null) {
      return abort("This run has no deployment that could start it again.");
    }
    if (isTerminal(proposed.type)) return proceed();
    const policy = readFlowRunPolicy(run.empirical_policy);
    const retry_type = proposed.type === "SCHEDULED" ? "reschedule" : null;
    const reset = writeFlowRunPolicy({ ...policy, resuming: false, pause_keys: [], retry_type });
    return proceed({ run: { empirical_policy: reset }, memo: run.empirical_policy });
  },
  undone: ({ memo }) => (memo === undefined ? undefined : { empirical_policy: memo }),
});
