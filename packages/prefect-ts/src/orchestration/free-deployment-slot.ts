import type { Instant } from "../domain/instant.ts";
import type { Transaction } from "../storage/database.ts";
import { deleteLease, findLeaseIdByHolder } from "../storage/queries/concurrency-leases.ts";
import { deleteSlots } from "../storage/queries/concurrency-slots.ts";
import { findDeploymentConcurrency } from "../storage/queries/deployments.ts";
import type { FlowRunRow } from "../storage/tables.ts";

export interface HeldSlot {
  readonly run: Pick<FlowRunRow, "id" | "deployment_id">;
  /** The lease that the run's state names; a forced state may have lost it. */
  readonly leaseId: string | null | undefined;
  readonly now: Instant;
}

/**
 * Frees the slot that a flow run holds of its deployment. One without any lease was taken by a worker that counts for
 * itself, and is one of the slots that nobody's name is on.
 */
export async function freeDeploymentSlot(tx: Transaction, { run, leaseId, now }: HeldSlot): Promise<void> {
  if (run.deployment_id === null) return;
  if (leaseId != null) {
    await deleteLease(tx, { id: leaseId, now });
    return;
  }
  const concurrency = await findDeploymentConcurrency(tx, run.deployment_id);
  if (concurrency === undefined || concurrency.limit === null) return;
  const { id: limitId } = concurrency.limit;
  const lostLeaseId = await findLeaseIdByHolder(tx, { type: "flow_run", id: run.id }, limitId);
  if (lostLeaseId === undefined) await deleteSlots(tx, [limitId], 1, now);
  else await deleteLease(tx, { id: lostLeaseId, now });
}
