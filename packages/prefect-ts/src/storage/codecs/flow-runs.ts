import type { FlowRun } from "../../domain/flow-runs.ts";
import type { Instant } from "../../domain/instant.ts";
import type { FlowRunView } from "../queries/flow-run-views.ts";
import { json, nullableJson, nullableTime, seconds, time } from "./columns.ts";
import { toRunState } from "./run-states.ts";
import { estimatedRunTime, estimatedStartTimeDelta } from "./run-times.ts";

export function toFlowRun(row: FlowRunView, now: Instant): FlowRun {
  return {
    id: row.id,
    created: time(row.created),
    updated: time(row.updated),
    name: row.name,
    flow_id: row.flow_id,
    state_id: row.state_id,
    deployment_id: row.deployment_id,
    deployment_version: row.deployment_version,
    work_queue_id: row.work_queue_id,
    work_queue_name: row.work_queue_name,
    flow_version: row.flow_version,
    parameters: json(row.parameters),
    idempotency_key: row.idempotency_key,
    context: json(row.context),
    empirical_policy: json(row.empirical_policy),
    tags: json(row.tags),
    labels: json(row.labels),
    parent_task_run_id: row.parent_task_run_id,
    state_type: row.state_type,
    state_name: row.state_name,
    run_count: row.run_count,
    expected_start_time: nullableTime(row.expected_start_time),
    next_scheduled_start_time: nullableTime(row.next_scheduled_start_time),
    start_time: nullableTime(row.start_time),
    end_time: nullableTime(row.end_time),
    total_run_time: seconds(row.total_run_time),
    estimated_run_time: estimatedRunTime(row, now),
    estimated_start_time_delta: estimatedStartTimeDelta(row, now),
    auto_scheduled: row.auto_scheduled === 1,
    infrastructure_document_id: row.infrastructure_document_id,
    infrastructure_pid: row.infrastructure_pid,
    created_by: nullableJson(row.created_by),
    work_pool_id: row.work_pool_id,
    work_pool_name: row.work_pool_name,
    state: toRunState(row),
    job_variables: nullableJson(row.job_variables),
  };
}
