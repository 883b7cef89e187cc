import { flowRunRule, proceed, reject } from "../rule.ts";

/** The run may have been started between the look for late runs and the mark. */
export const markOnlyScheduledLate = flowRunRule({
  name: "mark-only-scheduled-late",
  to: ["SCHEDULED"],
  before({ initial, proposed }) {
    if (initial === null || proposed.name !== "Late") return proceed();
    if (initial.type !== "SCHEDULED") return reject(null, "Only a scheduled run can be late.");
    return initial.name === "Late" ? reject(null, "This run is marked late already.") : proceed();
  },
});
