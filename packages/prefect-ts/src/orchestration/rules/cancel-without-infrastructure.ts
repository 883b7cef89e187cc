import { cancelled } from "../../domain/state-proposals.ts";
import { flowRunRule, proceed, reject } from "../rule.ts";

/**
 * CANCELLING asks a worker to stop the run's infrastructure. A run that has none (it was never started, or it has been
 * suspended) would wait for that in vain, so it is CANCELLED at once. A scheduled run with a process is one that waits
 * for its next attempt inside it.
 */
export const cancelWithoutInfrastructure = flowRunRule({
  name: "cancel-without-infrastructure",
  from: ["SCHEDULED", "PAUSED"],
  to: ["CANCELLING"],
  before({ initial, run }) {
    const isUnstarted = initial?.type === "SCHEDULED" && (run.infrastructure_pid ?? "") === "";
    if (isUnstarted || initial?.name === "Resuming") {
      return reject(cancelled(), "The run was scheduled and has no infrastructure to stop.");
    }
    if (initial?.type === "PAUSED" && initial.details.pause_reschedule === true) {
      return reject(cancelled(), "The run was suspended and has no infrastructure to stop.");
    }
    return proceed();
  },
});
