import { terminalStateTypes } from "../../domain/states.ts";
import { flowRunRule, proceed, reject } from "../rule.ts";
import { hasResult, hasResultToLose } from "../run-state.ts";

/** Even a forced state must not take the place of a COMPLETED one that knows where the result lies. */
export const preventResultLoss = flowRunRule({
  name: "prevent-result-loss",
  from: [...terminalStateTypes],
  to: [...terminalStateTypes],
  before({ initial, proposed }) {
    const isLosing =
      initial?.type === "COMPLETED" &&
      proposed.type === "COMPLETED" &&
      hasResultToLose(initial) &&
      !hasResult(proposed);
    return isLosing
      ? reject(null, "The new COMPLETED state has no result, and the one it would replace has.")
      : proceed();
  },
});
