import type { Queryable } from "../database.ts";
import { sql } from "../sql.ts";
import type { FlowRunRow, JsonText } from "../tables.ts";

/** What a flow run's events say of other tables; a name is null when there is no such row. */
export interface FlowRunRelations {
  readonly flow_name: string;
  readonly flow_tags: JsonText;
  readonly deployment_name: string | null;
  readonly deployment_tags: JsonText | null;
  readonly work_queue_name: string | null;
  readonly work_pool_id: string | null;
  readonly work_pool_name: string | null;
  readonly work_pool_type: string | null;
  readonly task_run_name: string | null;
  readonly task_run_tags: JsonText | null;
}

export type FlowRunReferences = Pick<FlowRunRow, "flow_id" | "deployment_id" | "work_queue_id" | "parent_task_run_id">;

/** Undefined when the flow does not exist. */
export function findFlowRunRelations(db: Queryable, run: FlowRunReferences): Promise<FlowRunRelations | undefined> {
  return db.get(sql`
    SELECT flow.name AS flow_name, flow.tags AS flow_tags, deployment.name AS deployment_name,
      deployment.tags AS deployment_tags, work_queue.name AS work_queue_name, work_pool.id AS work_pool_id,
      work_pool.name AS work_pool_name, work_pool.type AS work_pool_type, task_run.name AS task_run_name,
      task_run.tags AS task_run_tags
    FROM flow
    LEFT JOIN deployment ON deployment.id = ${run.deployment_id}
    LEFT JOIN work_queue ON work_queue.id = ${run.work_queue_id}
    LEFT JOIN work_pool ON work_pool.id = work_queue.work_pool_id
    LEFT JOIN task_run ON task_run.id = ${run.parent_task_run_id}
    WHERE flow.id = ${run.flow_id}`);
}
