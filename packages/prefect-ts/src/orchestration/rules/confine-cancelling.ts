import { allExcept, flowRunRule, reject } from "../rule.ts";

/** Whoever cancels a run waits for it: work that finishes meanwhile does not make it complete, fail or go on. */
export const confineCancelling = flowRunRule({
  name: "confine-cancelling",
  from: ["CANCELLING"],
  to: allExcept("CANCELLED"),
  before: () => reject(null, "This run is being cancelled; it can only become CANCELLED."),
});
