import type { ObjectFilters } from "../../domain/filters.ts";
import type { Queryable, Transaction } from "../database.ts";
import { type Joins, narrowed } from "../filters/narrowing.ts";
import { fragment, list, sql } from "../sql.ts";
import type { FlowRunRow } from "../tables.ts";

export const flowRunJoins: Joins = {
  flows: "flow WHERE flow.id = flow_run.flow_id",
  task_runs: "task_run WHERE task_run.flow_run_id = flow_run.id",
  deployments: "deployment WHERE deployment.id = flow_run.deployment_id",
  work_pools: `work_pool JOIN work_queue ON work_queue.work_pool_id = work_pool.id
    WHERE work_queue.id = flow_run.work_queue_id`,
  work_pool_queues: "work_queue WHERE work_queue.id = flow_run.work_queue_id",
};

export function findFlowRun(db: Queryable, id: string): Promise<FlowRunRow | undefined> {
  return db.get(sql`SELECT * FROM flow_run WHERE id = ${id}`);
}

/** Locks the row until the transaction ends, so that transitions of one run come one after the other. */
export function findFlowRunForUpdate(tx: Transaction, id: string): Promise<FlowRunRow | undefined> {
  // SQLite has a single writer: inside a write nobody else can change the row.
  const lock = fragment(tx.dialect === "postgres" ? "FOR UPDATE" : "");
  return tx.get(sql`SELECT * FROM flow_run WHERE id = ${id} ${lock}`);
}

export function findFlowRunByIdempotencyKey(
  db: Queryable,
  flowId: string,
  key: string,
): Promise<FlowRunRow | undefined> {
  return db.get(sql`SELECT * FROM flow_run WHERE flow_id = ${flowId} AND idempotency_key = ${key}`);
}

export async function countFlowRuns(db: Queryable, filters: ObjectFilters): Promise<number> {
  const row = await db.get<{ count: number }>(
    sql`SELECT COUNT(*) AS count FROM flow_run WHERE ${narrowed(db.dialect, "flow_runs", flowRunJoins, filters)}`,
  );
  return row?.count ?? 0;
}

/** Answers false when a run with that idempotency key is there already. */
export async function insertFlowRun(tx: Transaction, row: FlowRunRow): Promise<boolean> {
  return (await tx.insert("flow_run", [row], "ignore")) === 1;
}

export type FlowRunChanges = Partial<Omit<FlowRunRow, "id" | "created">>;

export async function updateFlowRun(db: Queryable, id: string, changes: FlowRunChanges): Promise<boolean> {
  const columns = Object.entries(changes).filter(([, value]) => value !== undefined);
  if (columns.length === 0) return (await findFlowRun(db, id)) !== undefined;
  const assignments = columns.map(([column]) => `"${column}" = ?`).join(", ");
  const changed = await db.run({
    sql: `UPDATE flow_run SET ${assignments} WHERE id = ?`,
    parameters: [...columns.map(([, value]) => value), id],
  });
  return changed === 1;
}

export async function deleteFlowRuns(db: Queryable, ids: readonly string[]): Promise<string[]> {
  const rows = await db.all<{ id: string }>(sql`DELETE FROM flow_run WHERE id IN (${list(ids)}) RETURNING id`);
  return rows.map((row) => row.id);
}
