import type { StateType } from "../../domain/states.ts";
import { freeDeploymentSlot } from "../free-deployment-slot.ts";
import { universalFlowRunRule } from "../rule.ts";

const HOLDING: ReadonlySet<StateType | undefined> = new Set(["PENDING", "RUNNING", "CANCELLING"]);

/**
 * A run that is neither on its way nor at work holds no slot of its deployment. It looks at the state that was finally
 * decided.
 *
 * An attempt that failed and is made again by the same process keeps the slot over the delay: the process goes on
 * renewing the lease, and would be cancelled if that had ended.
 */
export const releaseDeploymentSlot = universalFlowRunRule({
  name: "release-deployment-slot",
  async after({ tx, run, initial, proposed, status, now }) {
    if (run.deployment_id === null || HOLDING.has(proposed?.type)) return undefined;
    if (proposed?.name === "AwaitingRetry" && status === "REJECT") return undefined;
    const leaseId = initial?.details.deployment_concurrency_lease_id;
    if (leaseId != null || HOLDING.has(initial?.type)) await freeDeploymentSlot(tx, { run, leaseId, now });
    return undefined;
  },
});
