import type { Instant } from "../../domain/instant.ts";
import type { ShortTaskRun, TaskRun } from "../../domain/task-runs.ts";
import type { TaskRunView } from "../queries/task-runs.ts";
import { json, nullableTime, seconds, time } from "./columns.ts";
import { toRunState } from "./run-states.ts";
import { estimatedRunTime, estimatedStartTimeDelta } from "./run-times.ts";
import { completeTaskRunDetails } from "./task-run-states.ts";

export function toTaskRun(row: TaskRunView, now: Instant): TaskRun {
  return {
    ...toShortTaskRun(row, now),
    dynamic_key: row.dynamic_key,
    cache_key: row.cache_key,
    cache_expiration: nullableTime(row.cache_expiration),
    labels: json(row.labels),
    state_type: row.state_type,
    state_name: row.state_name,
    run_count: row.run_count,
    flow_run_run_count: row.flow_run_run_count,
    expected_start_time: nullableTime(row.expected_start_time),
    next_scheduled_start_time: nullableTime(row.next_scheduled_start_time),
  };
}

export function toShortTaskRun(row: TaskRunView, now: Instant): ShortTaskRun {
  const state_details = completeTaskRunDetails(row.state_details ?? "{}", row.id, row.flow_run_id);
  return {
    id: row.id,
    created: time(row.created),
    updated: time(row.updated),
    name: row.name,
    flow_run_id: row.flow_run_id,
    task_key: row.task_key,
    state_id: row.state_id,
    state: toRunState({ ...row, state_details }),
    task_version: row.task_version,
    task_inputs: json(row.task_inputs),
    empirical_policy: json(row.empirical_policy),
    tags: json(row.tags),
    start_time: nullableTime(row.start_time),
    end_time: nullableTime(row.end_time),
    total_run_time: seconds(row.total_run_time),
    estimated_run_time: estimatedRunTime(row, now),
    estimated_start_time_delta: estimatedStartTimeDelta(row, now),
  };
}
