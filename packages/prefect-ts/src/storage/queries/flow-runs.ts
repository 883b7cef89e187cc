import type { ObjectFilters } from "../../domain/filters.ts";
import type { FlowRunSort } from "../../domain/flow-runs.ts";
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

const STARTED = "COALESCE(flow_run.start_time, flow_run.expected_start_time)";

/** Ties are broken by id, so that pages never overlap. NULLs sort as SQLite sorts them on both databases. */
const orders: Readonly<Record<FlowRunSort, string>> = {
  ID_DESC: "flow_run.id DESC",
  START_TIME_ASC: `${STARTED} ASC, flow_run.id ASC`,
  START_TIME_DESC: `${STARTED} DESC, flow_run.id DESC`,
  EXPECTED_START_TIME_ASC: "flow_run.expected_start_time ASC, flow_run.id ASC",
  EXPECTED_START_TIME_DESC: "flow_run.expected_start_time DESC, flow_run.id DESC",
  NAME_ASC: "flow_run.name ASC, flow_run.id ASC",
  NAME_DESC: "flow_run.name DESC, flow_run.id DESC",
  NEXT_SCHEDULED_START_TIME_ASC: "flow_run.next_scheduled_start_time ASC, flow_run.id ASC",
  END_TIME_DESC: "flow_run.end_time DESC, flow_run.id DESC",
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

export interface FlowRunPage {
  readonly filters: ObjectFilters;
  readonly sort: FlowRunSort;
  readonly limit: number;
  readonly offset: number;
}

export function listFlowRuns(db: Queryable, page: FlowRunPage): Promise<FlowRunRow[]> {
  return db.all(sql`
    SELECT flow_run.* FROM flow_run WHERE ${narrowed(db.dialect, "flow_runs", flowRunJoins, page.filters)}
    ORDER BY ${fragment(orders[page.sort])} LIMIT ${page.limit} OFFSET ${page.offset}`);
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
