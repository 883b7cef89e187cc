import type { StateType } from "../../domain/states.ts";
import { deleteLease } from "../../storage/queries/concurrency-leases.ts";
import { deleteSlots } from "../../storage/queries/concurrency-slots.ts";
import { findDeploymentConcurrency } from "../../storage/queries/deployments.ts";
import { universalFlowRunRule } from "../rule.ts";

const HOLDING: ReadonlySet<StateType | undefined> = new Set(["PENDING", "RUNNING", "CANCELLING"]);

/**
 * A run that is neither on its way nor at work holds no slot of its deployment. It looks at the state that was finally
 * decided. Runs without a lease were given their slot by a worker that counts for itself.
 */
export const releaseDeploymentSlot = universalFlowRunRule({
  name: "release-deployment-slot",
  async after({ tx, run, initial, proposed, now }) {
    const isLeaving = HOLDING.has(initial?.type) && !HOLDING.has(proposed?.type);
    if (!isLeaving || run.deployment_id === null) return undefined;
    const leaseId = initial?.details.deployment_concurrency_lease_id;
    if (leaseId != null) {
      await deleteLease(tx, { id: leaseId, now });
      return undefined;
    }
    const concurrency = await findDeploymentConcurrency(tx, run.deployment_id);
    if (concurrency?.limit != null) await deleteSlots(tx, [concurrency.limit.id], 1, now);
    return undefined;
  },
});
