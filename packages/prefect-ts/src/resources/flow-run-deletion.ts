import { NotFoundError } from "../domain/errors.ts";
import type { FlowRunFilter } from "../domain/filters.ts";
import type { Instant } from "../domain/instant.ts";
import { readStateDetails } from "../storage/codecs/state-details.ts";
import type { Database, Transaction } from "../storage/database.ts";
import { deleteLease } from "../storage/queries/concurrency-leases.ts";
import { deleteSlots } from "../storage/queries/concurrency-slots.ts";
import { findDeployment } from "../storage/queries/deployments.ts";
import { findFlowRunState } from "../storage/queries/flow-run-states.ts";
import { listFlowRunIds } from "../storage/queries/flow-run-views.ts";
import { deleteFlowRuns as deleteRows, findFlowRunForUpdate } from "../storage/queries/flow-runs.ts";
import { deleteLogsOf } from "../storage/queries/logs.ts";
import { deleteTaskRunsOfFlowRuns } from "../storage/queries/task-runs.ts";
import type { FlowRunRow } from "../storage/tables.ts";

const HOLDS_SLOT: ReadonlySet<unknown> = new Set(["PENDING", "RUNNING", "CANCELLING"]);

/** Task runs, states, inputs and logs go with their flow run; its subflow runs stay, and artifacts do. */
export async function deleteFlowRun(db: Database, id: string, now: Instant): Promise<void> {
  const deleted = await db.write((tx) => deleteAll(tx, [id], now));
  if (deleted.length === 0) throw new NotFoundError("Flow run", id);
}

/** Answers the ids of the runs that were deleted, at most `limit`. */
export async function deleteMatchingFlowRuns(
  db: Database,
  request: { readonly flow_runs?: FlowRunFilter | null | undefined; readonly limit: number },
  now: Instant,
): Promise<string[]> {
  return db.write(async (tx) => {
    const filters = { flow_runs: request.flow_runs };
    const ids = await listFlowRunIds(tx, { filters, sort: "ID_DESC", limit: request.limit, offset: 0 });
    return deleteAll(tx, ids, now);
  });
}

async function deleteAll(tx: Transaction, ids: readonly string[], now: Instant): Promise<string[]> {
  if (ids.length === 0) return [];
  for (const id of ids) {
    const run = await findFlowRunForUpdate(tx, id);
    if (run !== undefined) await releaseSlot(tx, run, now);
  }
  await deleteTaskRunsOfFlowRuns(tx, ids);
  await deleteLogsOf(tx, "flow_run_id", ids);
  return deleteRows(tx, ids);
}

/** A deleted run gives back the slot of its deployment: by its lease, or one of those that were taken without. */
async function releaseSlot(tx: Transaction, run: FlowRunRow, now: Instant): Promise<void> {
  if (run.deployment_id === null || !HOLDS_SLOT.has(run.state_type)) return;
  const state = run.state_id === null ? undefined : await findFlowRunState(tx, run.state_id);
  const leaseId = state && readStateDetails(state.state_details).deployment_concurrency_lease_id;
  if (leaseId != null && (await deleteLease(tx, { id: leaseId, now }))) return;
  const limitId = (await findDeployment(tx, run.deployment_id))?.concurrency_limit_id;
  if (limitId != null) await deleteSlots(tx, [limitId], 1, now);
}
