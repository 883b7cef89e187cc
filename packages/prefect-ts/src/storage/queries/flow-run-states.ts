import type { Instant } from "../../domain/instant.ts";
import type { Queryable, Transaction } from "../database.ts";
import { list, sql } from "../sql.ts";
import type { FlowRunStateRow } from "../tables.ts";

export function findFlowRunState(db: Queryable, id: string): Promise<FlowRunStateRow | undefined> {
  return db.get(sql`SELECT * FROM flow_run_state WHERE id = ${id}`);
}

/** In the order they happened. */
export function listFlowRunStates(db: Queryable, flowRunId: string): Promise<FlowRunStateRow[]> {
  return db.all(sql`SELECT * FROM flow_run_state WHERE flow_run_id = ${flowRunId} ORDER BY timestamp, id`);
}

export function listFlowRunStatesById(db: Queryable, ids: readonly string[]): Promise<FlowRunStateRow[]> {
  return db.all(sql`SELECT * FROM flow_run_state WHERE id IN (${list(ids)})`);
}

export async function hasFlowRunStateAt(db: Queryable, flowRunId: string, timestamp: Instant): Promise<boolean> {
  const row = await db.get(
    sql`SELECT 1 AS found FROM flow_run_state WHERE flow_run_id = ${flowRunId} AND timestamp = ${timestamp}`,
  );
  return row !== undefined;
}

export async function insertFlowRunState(tx: Transaction, row: FlowRunStateRow): Promise<void> {
  await tx.insert("flow_run_state", [row]);
}
