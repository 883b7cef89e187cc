import type { ObjectFilters } from "../../domain/filters.ts";
import type { FlowSort } from "../../domain/flows.ts";
import type { Instant } from "../../domain/instant.ts";
import type { Queryable, Transaction } from "../database.ts";
import { type Joins, narrowed } from "../filters/narrowing.ts";
import { fragment, list, sql } from "../sql.ts";
import type { FlowRow } from "../tables.ts";
import { deleteTaskRunsOfFlows } from "./task-runs.ts";

const joins: Joins = {
  flow_runs: "flow_run WHERE flow_run.flow_id = flow.id",
  task_runs: "task_run JOIN flow_run ON flow_run.id = task_run.flow_run_id WHERE flow_run.flow_id = flow.id",
  deployments: "deployment WHERE deployment.flow_id = flow.id",
  work_pools: `work_pool JOIN work_queue ON work_queue.work_pool_id = work_pool.id
    JOIN deployment ON deployment.work_queue_id = work_queue.id WHERE deployment.flow_id = flow.id`,
};

const orders: Readonly<Record<FlowSort, string>> = {
  CREATED_DESC: "flow.created DESC",
  UPDATED_DESC: "flow.updated DESC",
  NAME_ASC: "flow.name ASC",
  NAME_DESC: "flow.name DESC",
};

export function findFlow(db: Queryable, id: string): Promise<FlowRow | undefined> {
  return db.get(sql`SELECT * FROM flow WHERE id = ${id}`);
}

export function findFlowByName(db: Queryable, name: string): Promise<FlowRow | undefined> {
  return db.get(sql`SELECT * FROM flow WHERE name = ${name}`);
}

export interface FlowPage {
  readonly filters: ObjectFilters;
  readonly sort: FlowSort;
  readonly limit: number;
  readonly offset: number;
}

export function listFlows(db: Queryable, page: FlowPage): Promise<FlowRow[]> {
  return db.all(sql`
    SELECT * FROM flow WHERE ${narrowed(db.dialect, "flows", joins, page.filters)}
    ORDER BY ${fragment(orders[page.sort])} LIMIT ${page.limit} OFFSET ${page.offset}`);
}

export async function countFlows(db: Queryable, filters: ObjectFilters): Promise<number> {
  const row = await db.get<{ count: number }>(
    sql`SELECT COUNT(*) AS count FROM flow WHERE ${narrowed(db.dialect, "flows", joins, filters)}`,
  );
  return row?.count ?? 0;
}

/** Answers false when a flow of that name is there already. */
export async function insertFlow(db: Queryable, row: FlowRow): Promise<boolean> {
  return (await db.insert("flow", [row], "ignore")) === 1;
}

export async function updateFlowTags(db: Queryable, id: string, tags: string, now: Instant): Promise<boolean> {
  return (await db.run(sql`UPDATE flow SET tags = ${tags}, updated = ${now} WHERE id = ${id}`)) === 1;
}

/** Deployments and runs go with their flow. Answers the ids that existed. */
export async function deleteFlows(tx: Transaction, ids: readonly string[]): Promise<string[]> {
  // No foreign key does this: task runs may be recorded before their flow run is known.
  await deleteTaskRunsOfFlows(tx, ids);
  const rows = await tx.all<{ id: string }>(sql`DELETE FROM flow WHERE id IN (${list(ids)}) RETURNING id`);
  return rows.map((row) => row.id);
}
