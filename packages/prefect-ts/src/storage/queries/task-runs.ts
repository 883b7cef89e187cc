import type { ObjectFilters } from "../../domain/filters.ts";
import type { TaskRunSort } from "../../domain/task-runs.ts";
import type { Queryable, Statement, Transaction } from "../database.ts";
import { type Joins, narrowed } from "../filters/narrowing.ts";
import { fragment, list, sql } from "../sql.ts";
import type { JsonText, TaskRunRow } from "../tables.ts";

const OF_RUN = "flow_run.id = task_run.flow_run_id";

export const taskRunJoins: Joins = {
  flows: `flow_run JOIN flow ON flow.id = flow_run.flow_id WHERE ${OF_RUN}`,
  flow_runs: `flow_run WHERE ${OF_RUN}`,
  deployments: `flow_run JOIN deployment ON deployment.id = flow_run.deployment_id WHERE ${OF_RUN}`,
};

/** Ties are broken by id, so that pages never overlap; runs without the time count as the earliest. */
const orders: Readonly<Record<TaskRunSort, string>> = {
  ID_DESC: "task_run.id DESC",
  EXPECTED_START_TIME_ASC: "task_run.expected_start_time ASC NULLS FIRST, task_run.id ASC",
  EXPECTED_START_TIME_DESC: "task_run.expected_start_time DESC NULLS LAST, task_run.id DESC",
  NAME_ASC: "task_run.name ASC, task_run.id ASC",
  NAME_DESC: "task_run.name DESC, task_run.id DESC",
  NEXT_SCHEDULED_START_TIME_ASC: "task_run.next_scheduled_start_time ASC NULLS FIRST, task_run.id ASC",
  END_TIME_DESC: "task_run.end_time DESC NULLS LAST, task_run.id DESC",
};

/** A task run with what only its current state's row knows. */
export interface TaskRunView extends TaskRunRow {
  readonly message: string | null;
  readonly state_details: JsonText | null;
  readonly data: JsonText | null;
}

function findTaskRun(db: Queryable, id: string): Promise<TaskRunRow | undefined> {
  return db.get(sql`SELECT * FROM task_run WHERE id = ${id}`);
}

/** Locks the row until the transaction ends, so that transitions of one run come one after the other. */
export function findTaskRunForUpdate(tx: Transaction, id: string): Promise<TaskRunRow | undefined> {
  const lock = fragment(tx.dialect === "postgres" ? "FOR UPDATE" : "");
  return tx.get(sql`SELECT * FROM task_run WHERE id = ${id} ${lock}`);
}

/** The natural key: the n-th run of a task in a flow run, or of a task outside any. */
export function findTaskRunByKey(
  db: Queryable,
  key: Pick<TaskRunRow, "flow_run_id" | "task_key" | "dynamic_key">,
): Promise<TaskRunRow | undefined> {
  const inRun = key.flow_run_id === null ? sql`flow_run_id IS NULL` : sql`flow_run_id = ${key.flow_run_id}`;
  return db.get(
    sql`SELECT * FROM task_run WHERE ${inRun} AND task_key = ${key.task_key} AND dynamic_key = ${key.dynamic_key} LIMIT 1`,
  );
}

function viewOf(runs: Statement): Statement {
  return sql`
    SELECT task_run.*, state.message, state.state_details, state.data FROM (${runs}) AS task_run
    LEFT JOIN task_run_state AS state ON state.id = task_run.state_id`;
}

export function findTaskRunView(db: Queryable, id: string): Promise<TaskRunView | undefined> {
  return db.get(viewOf(sql`SELECT * FROM task_run WHERE id = ${id}`));
}

export interface TaskRunPage {
  readonly filters: ObjectFilters;
  readonly sort: TaskRunSort;
  readonly limit: number;
  readonly offset: number;
}

export function listTaskRunViews(db: Queryable, page: TaskRunPage): Promise<TaskRunView[]> {
  const order = fragment(orders[page.sort]);
  // The ids first: the whole rows of a flow run's ten thousand task runs are not worth sorting.
  const ids = sql`
    SELECT task_run.id FROM task_run WHERE ${narrowed(db.dialect, "task_runs", taskRunJoins, page.filters)}
    ORDER BY ${order} LIMIT ${page.limit} OFFSET ${page.offset}`;
  return db.all(
    sql`${viewOf(sql`SELECT * FROM task_run WHERE id IN (SELECT id FROM (${ids}) AS page)`)} ORDER BY ${order}`,
  );
}

export async function countTaskRuns(db: Queryable, filters: ObjectFilters): Promise<number> {
  const row = await db.get<{ count: number }>(
    sql`SELECT COUNT(*) AS count FROM task_run WHERE ${narrowed(db.dialect, "task_runs", taskRunJoins, filters)}`,
  );
  return row?.count ?? 0;
}

/** Answers false when a run with that id or natural key is there already. */
export async function insertTaskRun(tx: Transaction, row: TaskRunRow): Promise<boolean> {
  return (await tx.insert("task_run", [row], "ignore")) === 1;
}

export type TaskRunChanges = Partial<Omit<TaskRunRow, "id" | "created">>;

export async function updateTaskRun(db: Queryable, id: string, changes: TaskRunChanges): Promise<boolean> {
  const columns = Object.entries(changes).filter(([, value]) => value !== undefined);
  if (columns.length === 0) return (await findTaskRun(db, id)) !== undefined;
  const assignments = columns.map(([column]) => `"${column}" = ?`).join(", ");
  const changed = await db.run({
    sql: `UPDATE task_run SET ${assignments} WHERE id = ?`,
    parameters: [...columns.map(([, value]) => value), id],
  });
  return changed === 1;
}

/** Deletes task runs with their states; child flow runs stay, without their parent. False when there was none. */
export async function deleteTaskRun(tx: Transaction, id: string): Promise<boolean> {
  return (await deleteTaskRunsWhere(tx, sql`id = ${id}`)) > 0;
}

export async function deleteTaskRunsOfFlowRuns(tx: Transaction, flowRunIds: readonly string[]): Promise<void> {
  await deleteTaskRunsWhere(tx, sql`flow_run_id IN (${list(flowRunIds)})`);
}

export async function deleteTaskRunsOfFlows(tx: Transaction, flowIds: readonly string[]): Promise<void> {
  await deleteTaskRunsWhere(tx, sql`flow_run_id IN (SELECT id FROM flow_run WHERE flow_id IN (${list(flowIds)}))`);
}

async function deleteTaskRunsWhere(tx: Transaction, condition: Statement): Promise<number> {
  const ids = sql`SELECT id FROM task_run WHERE ${condition}`;
  await tx.run(sql`UPDATE flow_run SET parent_task_run_id = NULL WHERE parent_task_run_id IN (${ids})`);
  await tx.run(sql`DELETE FROM task_run_state WHERE task_run_id IN (${ids})`);
  return tx.run(sql`DELETE FROM task_run WHERE ${condition}`);
}

type TaskRunKey = Pick<TaskRunRow, "id" | "flow_run_id" | "task_key" | "dynamic_key">;

/** The ids of stored runs that have the natural key or the id of the wanted ones, by the wanted id; the key counts more. */
export async function listRecordedTaskRunIds(
  db: Queryable,
  wanted: readonly TaskRunKey[],
): Promise<Map<string, string>> {
  const keys = JSON.stringify(
    wanted.map(({ id, flow_run_id, task_key, dynamic_key }) => ({ id, flow_run_id, task_key, dynamic_key })),
  );
  const rows = await db.all<{ wanted_id: string; id: string }>(
    db.dialect === "postgres" ? recordedOnPostgres(keys) : recordedOnSqlite(keys),
  );
  return new Map(rows.map((row) => [row.wanted_id, row.id]));
}

function recordedOnPostgres(keys: JsonText): Statement {
  const wanted = sql`jsonb_to_recordset(${keys}::jsonb) AS wanted (id uuid, flow_run_id uuid, task_key text, dynamic_key text)`;
  return sql`
    SELECT wanted.id AS wanted_id, task_run.id FROM ${wanted} JOIN task_run ON task_run.id = wanted.id
    UNION ALL
    SELECT wanted.id AS wanted_id, task_run.id FROM ${wanted}
    JOIN task_run ON task_run.flow_run_id = wanted.flow_run_id AND task_run.task_key = wanted.task_key
      AND task_run.dynamic_key = wanted.dynamic_key`;
}

function recordedOnSqlite(keys: JsonText): Statement {
  return sql`
    WITH wanted AS MATERIALIZED (
      SELECT value ->> 'id' AS id, value ->> 'flow_run_id' AS flow_run_id, value ->> 'task_key' AS task_key,
        value ->> 'dynamic_key' AS dynamic_key FROM json_each(${keys})
    )
    SELECT wanted.id AS wanted_id, task_run.id FROM wanted CROSS JOIN task_run ON task_run.id = wanted.id
    UNION ALL
    SELECT wanted.id AS wanted_id, task_run.id FROM wanted
    CROSS JOIN task_run ON task_run.flow_run_id = wanted.flow_run_id AND task_run.task_key = wanted.task_key
      AND task_run.dynamic_key = wanted.dynamic_key`;
}
