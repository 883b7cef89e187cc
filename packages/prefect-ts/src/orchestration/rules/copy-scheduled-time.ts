import { proceed, runRule } from "../rule.ts";

/** A worker may move a run to PENDING ahead of its time; RUNNING then still waits for it. */
export const copyScheduledTime = runRule({
  name: "copy-scheduled-time",
  from: ["SCHEDULED"],
  to: ["PENDING"],
  before({ initial, proposed }) {
    if (initial === null || proposed.details.scheduled_time != null) return proceed();
    return proceed({ state: { details: { scheduled_time: initial.details.scheduled_time } } });
  },
});
