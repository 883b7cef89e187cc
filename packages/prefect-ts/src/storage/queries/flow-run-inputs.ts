import type { Queryable, Transaction } from "../database.ts";
import { list, sql } from "../sql.ts";
import type { FlowRunInputRow } from "../tables.ts";

export function findFlowRunInput(db: Queryable, flowRunId: string, key: string): Promise<FlowRunInputRow | undefined> {
  return db.get(sql`SELECT * FROM flow_run_input WHERE flow_run_id = ${flowRunId} AND key = ${key}`);
}

export interface FlowRunInputSearch {
  readonly flowRunId: string;
  readonly prefix: string;
  readonly excludedKeys: readonly string[];
  readonly limit: number;
}

/** Oldest first. */
export function listFlowRunInputs(db: Queryable, search: FlowRunInputSearch): Promise<FlowRunInputRow[]> {
  const excluded = search.excludedKeys.length === 0 ? sql`1 = 1` : sql`key NOT IN (${list(search.excludedKeys)})`;
  return db.all(sql`
    SELECT * FROM flow_run_input
    WHERE flow_run_id = ${search.flowRunId} AND substr(key, 1, ${search.prefix.length}) = ${search.prefix} AND ${excluded}
    ORDER BY created, id LIMIT ${search.limit}`);
}

/** Throws `ConflictError` for a key that is there already and for a run that is not there. */
export async function insertFlowRunInput(tx: Transaction, row: FlowRunInputRow): Promise<void> {
  await tx.insert("flow_run_input", [row]);
}

export async function deleteFlowRunInput(db: Queryable, flowRunId: string, key: string): Promise<boolean> {
  const deleted = await db.run(sql`DELETE FROM flow_run_input WHERE flow_run_id = ${flowRunId} AND key = ${key}`);
  return deleted === 1;
}
