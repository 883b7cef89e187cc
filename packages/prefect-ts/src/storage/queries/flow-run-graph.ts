import type { Instant } from "../../domain/instant.ts";
import type { StateType } from "../../domain/states.ts";
import type { Queryable } from "../database.ts";
import { fragment, sql } from "../sql.ts";
import type { JsonText } from "../tables.ts";

/** A task run as a node of its run's graph, or the subflow run that it tracks. */
export interface GraphNodeRow {
  readonly task_run_id: string;
  readonly task_inputs: JsonText;
  readonly subflow_run_id: string | null;
  readonly label: string;
  readonly state_type: StateType | null;
  readonly start_time: Instant;
  readonly end_time: Instant | null;
}

const STARTED = fragment(
  "COALESCE(child.start_time, child.expected_start_time, task_run.start_time, task_run.expected_start_time)",
);
/** A task run that was answered from the cache ended when it was expected to start. */
const ENDED = fragment(
  "COALESCE(child.end_time, task_run.end_time, CASE WHEN task_run.state_type = 'COMPLETED' THEN task_run.expected_start_time END)",
);

/** In the order of time; runs that have neither started nor are expected to are left out. */
export function listGraphNodes(db: Queryable, flowRunId: string, limit: number): Promise<GraphNodeRow[]> {
  return db.all(sql`
    SELECT task_run.id AS task_run_id, task_run.task_inputs, child.id AS subflow_run_id,
      COALESCE(flow.name || ' / ' || child.name, task_run.name) AS label,
      COALESCE(child.state_type, task_run.state_type) AS state_type, ${STARTED} AS start_time, ${ENDED} AS end_time
    FROM task_run
    LEFT JOIN flow_run AS child ON child.parent_task_run_id = task_run.id
    LEFT JOIN flow ON flow.id = child.flow_id
    WHERE task_run.flow_run_id = ${flowRunId} AND ${STARTED} IS NOT NULL
    ORDER BY ${STARTED}, ${ENDED} NULLS LAST, task_run.id LIMIT ${limit}`);
}

export interface GraphArtifactRow {
  readonly id: string;
  readonly created: Instant;
  readonly key: string | null;
  readonly type: string | null;
  readonly data: JsonText | null;
  readonly task_run_id: string | null;
  readonly is_latest: 0 | 1;
}

/** The run's artifacts but for the results that the server keeps itself, oldest first. */
export function listGraphArtifacts(db: Queryable, flowRunId: string, limit: number): Promise<GraphArtifactRow[]> {
  return db.all(sql`
    SELECT artifact.id, artifact.created, artifact.key, artifact.type, artifact.task_run_id,
      CASE WHEN artifact.type = 'progress' THEN artifact.data END AS data,
      CASE WHEN artifact.key IS NULL OR collection.id IS NOT NULL THEN 1 ELSE 0 END AS is_latest
    FROM artifact
    LEFT JOIN artifact_collection AS collection
      ON collection.key = artifact.key AND collection.latest_id = artifact.id
    WHERE artifact.flow_run_id = ${flowRunId} AND artifact.type <> 'result'
    ORDER BY artifact.created, artifact.id LIMIT ${limit}`);
}
