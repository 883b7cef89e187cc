import type { Queryable, Transaction } from "../database.ts";
import { sql } from "../sql.ts";
import type { TaskRunStateRow } from "../tables.ts";

/** A state with the flow run that its task run belongs to. */
export interface TaskRunStateView extends TaskRunStateRow {
  readonly flow_run_id: string | null;
}

export function findTaskRunState(db: Queryable, id: string): Promise<TaskRunStateView | undefined> {
  return db.get(sql`
    SELECT state.*, task_run.flow_run_id FROM task_run_state AS state
    LEFT JOIN task_run ON task_run.id = state.task_run_id WHERE state.id = ${id}`);
}

/** In the order they happened. */
export function listTaskRunStates(db: Queryable, taskRunId: string): Promise<TaskRunStateView[]> {
  return db.all(sql`
    SELECT state.*, task_run.flow_run_id FROM task_run_state AS state
    LEFT JOIN task_run ON task_run.id = state.task_run_id
    WHERE state.task_run_id = ${taskRunId} ORDER BY state.timestamp, state.id`);
}

export async function insertTaskRunState(tx: Transaction, row: TaskRunStateRow): Promise<void> {
  await tx.insert("task_run_state", [row]);
}
