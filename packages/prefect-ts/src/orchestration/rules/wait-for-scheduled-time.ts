import { MICROSECONDS_PER_SECOND } from "../../domain/instant.ts";
import { proceed, runRule, wait } from "../rule.ts";

/** No run starts before its time, by the server's clock. The answer is in whole seconds, so half a second is let pass. */
export const waitForScheduledTime = runRule({
  name: "wait-for-scheduled-time",
  from: ["SCHEDULED", "PENDING"],
  to: ["RUNNING"],
  before({ initial, now }) {
    const scheduledTime = initial?.details.scheduled_time;
    if (scheduledTime == null) return proceed();
    // Half a second is rounded down, as Python rounds it.
    const seconds = Math.ceil((scheduledTime - now) / MICROSECONDS_PER_SECOND - 0.5);
    return seconds > 0 ? wait(seconds, "The scheduled time has not come yet.") : proceed();
  },
});
