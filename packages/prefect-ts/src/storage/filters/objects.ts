import type {
  DeploymentFilter,
  FlowFilter,
  FlowRunFilter,
  TaskRunFilter,
  WorkPoolFilter,
  WorkQueueFilter,
} from "../../domain/filters.ts";
import type { DialectName, Statement } from "../database.ts";
import { fragment, sql } from "../sql.ts";
import { contains, ids, isNull, joined, names, nullable, oneOf, states, tags, texts, times } from "./criteria.ts";

/** Each object filter as one condition on its own table. */

export function flowCondition(dialect: DialectName, filter: FlowFilter): Statement {
  const deployed = sql`EXISTS (SELECT 1 FROM deployment AS own WHERE own.flow_id = flow.id)`;
  const deployment = filter.deployment?.is_null_;
  return joined(filter.operator, [
    ...ids("flow.id", filter.id),
    ...(deployment == null ? [] : [deployment ? sql`NOT ${deployed}` : deployed]),
    ...names(dialect, "flow.name", filter.name),
    ...tags(dialect, "flow", filter.tags),
  ]);
}

export function flowRunCondition(dialect: DialectName, filter: FlowRunFilter): Statement {
  return joined(filter.operator, [
    ...ids("flow_run.id", filter.id),
    ...names(dialect, "flow_run.name", filter.name),
    ...tags(dialect, "flow_run", filter.tags),
    ...nullable("flow_run.deployment_id", filter.deployment_id),
    ...nullable("flow_run.work_queue_name", filter.work_queue_name),
    ...states("flow_run", filter.state),
    ...oneOf("flow_run.flow_version", filter.flow_version?.any_),
    ...times("COALESCE(flow_run.start_time, flow_run.expected_start_time)", filter.start_time, "flow_run.start_time"),
    ...times("flow_run.end_time", filter.end_time),
    ...times("flow_run.expected_start_time", filter.expected_start_time),
    ...times("flow_run.next_scheduled_start_time", filter.next_scheduled_start_time),
    ...childrenOf(filter.parent_flow_run_id?.any_),
    ...nullable("flow_run.parent_task_run_id", filter.parent_task_run_id),
    ...texts("flow_run.idempotency_key", filter.idempotency_key),
    ...createdBy(dialect, filter.created_by),
  ]);
}

/** A subflow run's parent is the flow run of the task run that tracks it. */
function childrenOf(parentIds: readonly string[] | null | undefined): Statement[] {
  const [parents] = oneOf("tracker.flow_run_id", parentIds);
  if (parents === undefined) return [];
  return [sql`flow_run.parent_task_run_id IN (SELECT tracker.id FROM task_run AS tracker WHERE ${parents})`];
}

function createdBy(dialect: DialectName, filter: FlowRunFilter["created_by"]): Statement[] {
  if (filter == null) return [];
  const field = (name: string) =>
    dialect === "postgres"
      ? `(flow_run.created_by::json ->> '${name}')`
      : `json_extract(flow_run.created_by, '$.${name}')`;
  const conditions = [
    ...oneOf(field("id"), filter.id_),
    ...oneOf(field("type"), filter.type_),
    ...isNull("flow_run.created_by", filter.is_null_),
  ];
  return conditions.length === 0 ? [] : [joined(filter.operator, conditions)];
}

export function taskRunCondition(dialect: DialectName, filter: TaskRunFilter): Statement {
  const tracksSubflow = sql`EXISTS (SELECT 1 FROM flow_run AS subflow WHERE subflow.parent_task_run_id = task_run.id)`;
  const subflows = filter.subflow_runs?.exists_;
  return joined(filter.operator, [
    ...ids("task_run.id", filter.id),
    ...names(dialect, "task_run.name", filter.name),
    ...tags(dialect, "task_run", filter.tags),
    ...states("task_run", filter.state),
    ...times("task_run.start_time", filter.start_time),
    ...times("task_run.end_time", filter.end_time),
    ...times("task_run.expected_start_time", filter.expected_start_time),
    ...(subflows == null ? [] : [subflows ? tracksSubflow : sql`NOT ${tracksSubflow}`]),
    ...nullable("task_run.flow_run_id", filter.flow_run_id),
  ]);
}

export function deploymentCondition(dialect: DialectName, filter: DeploymentFilter): Statement {
  const either = filter.flow_or_deployment_name?.like_;
  const [flowName] = contains(dialect, "own_flow.name", either);
  const [deploymentName] = contains(dialect, "deployment.name", either);
  return joined(filter.operator, [
    ...ids("deployment.id", filter.id),
    ...names(dialect, "deployment.name", filter.name),
    ...(flowName === undefined || deploymentName === undefined
      ? []
      : [
          sql`(${deploymentName} OR EXISTS (SELECT 1 FROM flow AS own_flow WHERE own_flow.id = deployment.flow_id AND ${flowName}))`,
        ]),
    ...(filter.paused?.eq_ == null ? [] : [sql`deployment.paused = ${filter.paused.eq_ ? 1 : 0}`]),
    ...tags(dialect, "deployment", filter.tags),
    ...oneOf("deployment.work_queue_name", filter.work_queue_name?.any_),
  ]);
}

export function workPoolCondition(filter: WorkPoolFilter): Statement {
  return joined(filter.operator, [
    ...oneOf("work_pool.id", filter.id?.any_),
    ...oneOf("work_pool.name", filter.name?.any_),
    ...oneOf("work_pool.type", filter.type?.any_),
  ]);
}

export function workQueueCondition(filter: WorkQueueFilter): Statement {
  const prefixes = filter.name?.startswith_ ?? [];
  return joined(filter.operator, [
    ...oneOf("work_queue.id", filter.id?.any_),
    ...oneOf("work_queue.name", filter.name?.any_),
    ...(prefixes.length === 0
      ? []
      : [
          joined(
            "or_",
            prefixes.map((prefix) => sql`${fragment("work_queue.name")} LIKE ${`${prefix}%`}`),
          ),
        ]),
  ]);
}
