import type { Queryable, Transaction } from "../database.ts";
import { sql } from "../sql.ts";
import type { FlowRunStateRow } from "../tables.ts";

export function findFlowRunState(db: Queryable, id: string): Promise<FlowRunStateRow | undefined> {
  return db.get(sql`SELECT * FROM flow_run_state WHERE id = ${id}`);
}

/** In the order they happened. */
export function listFlowRunStates(db: Queryable, flowRunId: string): Promise<FlowRunStateRow[]> {
  return db.all(sql`SELECT * FROM flow_run_state WHERE flow_run_id = ${flowRunId} ORDER BY timestamp, id`);
}

export async function insertFlowRunState(tx: Transaction, row: FlowRunStateRow): Promise<void> {
  await tx.insert("flow_run_state", [row]);
}
