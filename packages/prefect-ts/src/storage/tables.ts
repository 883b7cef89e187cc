import type { Instant } from "../domain/instant.ts";
import type { StateType } from "../domain/states.ts";

/**
 * The rows as they lie in both databases: instants are whole microseconds, truth is 0 or 1, JSON is text. A column has
 * the name of the field on the wire. `codecs/` turns rows into wire objects.
 */

/** JSON as text. */
export type JsonText = string;
export type Bit = 0 | 1;

interface Entity {
  id: string;
  created: Instant;
  updated: Instant;
}

export interface FlowRow extends Entity {
  name: string;
  tags: JsonText;
  labels: JsonText;
}

export interface FlowRunRow extends Entity {
  name: string;
  flow_id: string;
  deployment_id: string | null;
  deployment_version: string | null;
  work_queue_id: string | null;
  work_queue_name: string | null;
  flow_version: string | null;
  parameters: JsonText;
  idempotency_key: string | null;
  context: JsonText;
  empirical_policy: JsonText;
  tags: JsonText;
  labels: JsonText;
  parent_task_run_id: string | null;
  state_id: string | null;
  state_type: StateType | null;
  state_name: string | null;
  state_timestamp: Instant | null;
  run_count: number;
  expected_start_time: Instant | null;
  next_scheduled_start_time: Instant | null;
  start_time: Instant | null;
  end_time: Instant | null;
  /** Microseconds; the wire has seconds. */
  total_run_time: number;
  auto_scheduled: Bit;
  infrastructure_document_id: string | null;
  infrastructure_pid: string | null;
  created_by: JsonText | null;
  job_variables: JsonText | null;
}

interface StateRow {
  id: string;
  created: Instant;
  type: StateType;
  name: string;
  timestamp: Instant;
  message: string | null;
  state_details: JsonText;
  /** A result's metadata or value; null when there is none or it is not persisted. */
  data: JsonText | null;
}

export interface FlowRunStateRow extends StateRow {
  flow_run_id: string;
  result_artifact_id: string | null;
}

export interface TaskRunStateRow extends StateRow {
  task_run_id: string;
  result_artifact_id: string | null;
}

export interface TaskRunRow extends Entity {
  name: string;
  flow_run_id: string | null;
  task_key: string;
  dynamic_key: string;
  cache_key: string | null;
  cache_expiration: Instant | null;
  task_version: string | null;
  flow_run_run_count: number;
  empirical_policy: JsonText;
  tags: JsonText;
  labels: JsonText;
  task_inputs: JsonText;
  state_id: string | null;
  state_type: StateType | null;
  state_name: string | null;
  state_timestamp: Instant | null;
  run_count: number;
  expected_start_time: Instant | null;
  next_scheduled_start_time: Instant | null;
  start_time: Instant | null;
  end_time: Instant | null;
  /** Microseconds; the wire has seconds. */
  total_run_time: number;
}

/** Which completed state answers a cache key, for task runs that the server orchestrates. */
export interface TaskRunStateCacheRow {
  id: string;
  created: Instant;
  cache_key: string;
  cache_expiration: Instant | null;
  task_run_state_id: string;
}

export interface LogRow {
  id: string;
  created: Instant;
  name: string;
  level: number;
  message: string;
  timestamp: Instant;
  flow_run_id: string | null;
  task_run_id: string | null;
}

export interface ArtifactRow extends Entity {
  key: string | null;
  type: string | null;
  description: string | null;
  data: JsonText | null;
  metadata_: JsonText | null;
  flow_run_id: string | null;
  task_run_id: string | null;
}

export interface ArtifactCollectionRow extends Entity {
  key: string;
  latest_id: string;
  type: string | null;
  description: string | null;
  data: JsonText | null;
  metadata_: JsonText | null;
  flow_run_id: string | null;
  task_run_id: string | null;
}

/** An event. Related resources that repeat lie once, as a set that events refer to. */
export interface EventRow {
  id: string;
  occurred: Instant;
  received: Instant;
  event: string;
  resource_id: string;
  /** Empty when the payload tells the labels, see `codecs/task-run-resources.ts`. */
  resource: JsonText;
  related_set_id: string | null;
  payload: JsonText;
  follows: string | null;
}

/** `id` is a hash of `resources`, so that equal sets meet without asking. */
export interface EventRelatedSetRow {
  id: string;
  resources: JsonText;
}

export interface EventRelatedResourceRow {
  related_set_id: string;
  position: number;
  resource_id: string;
  role: string;
  resource: JsonText;
}

export interface FlowRunInputRow extends Entity {
  flow_run_id: string;
  key: string;
  value: string;
  sender: string | null;
}

export interface WorkPoolRow extends Entity {
  name: string;
  description: string | null;
  type: string;
  base_job_template: JsonText;
  is_paused: Bit;
  concurrency_limit: number | null;
  default_queue_id: string | null;
  status: string | null;
  last_transitioned_status_at: Instant | null;
  last_status_event_id: string | null;
  storage_configuration: JsonText;
}

export interface WorkQueueRow extends Entity {
  name: string;
  description: string | null;
  is_paused: Bit;
  concurrency_limit: number | null;
  priority: number;
  work_pool_id: string;
  filter: JsonText | null;
  last_polled: Instant | null;
  status: string;
  last_transitioned_status_at: Instant | null;
  last_status_event_id: string | null;
}

export interface DeploymentRow extends Entity {
  name: string;
  flow_id: string;
  version: string | null;
  description: string | null;
  paused: Bit;
  tags: JsonText;
  labels: JsonText;
  concurrency_limit_id: string | null;
  concurrency_options: JsonText | null;
  parameters: JsonText;
  parameter_openapi_schema: JsonText | null;
  enforce_parameter_schema: Bit;
  job_variables: JsonText;
  pull_steps: JsonText | null;
  path: string | null;
  entrypoint: string | null;
  storage_document_id: string | null;
  infrastructure_document_id: string | null;
  work_queue_id: string | null;
  work_queue_name: string | null;
  last_polled: Instant | null;
  status: string;
  created_by: JsonText | null;
  updated_by: JsonText | null;
}

export interface ConcurrencyLimitRow extends Entity {
  name: string;
  active: Bit;
  limit: number;
  slot_decay_per_second: number;
  avg_slot_occupancy_seconds: number;
  denied_slots: number;
  /** When `denied_slots` was last decayed. */
  denied_at: Instant;
}

/** A hold on slots. One taken without a lease on the wire is an anonymous row: it has no expiration. */
export interface ConcurrencyLeaseRow {
  id: string;
  created: Instant;
  expiration: Instant | null;
  is_anonymous: Bit;
  holder_type: string | null;
  holder_id: string | null;
}

/** The slots a lease holds of one limit; `active_slots` is their sum. A decaying limit has one bucket row. */
export interface ConcurrencySlotRow {
  lease_id: string;
  concurrency_limit_id: string;
  slots: number;
  /** Of a bucket: when `slots` was last decayed. */
  decayed_at: Instant;
}

export interface ConfigurationRow extends Entity {
  key: string;
  value: JsonText;
}

export interface CsrfTokenRow extends Entity {
  client: string;
  token: string;
  expiration: Instant;
}

/** Which server lives on this database; see `queries/server-owners.ts`. */
export interface ServerOwnerRow {
  id: string;
  pid: number;
  host: string;
  url: string;
  schema_version: number;
  started: Instant;
  heartbeat: Instant;
}

export interface Tables {
  flow: FlowRow;
  flow_run: FlowRunRow;
  flow_run_state: FlowRunStateRow;
  task_run: TaskRunRow;
  task_run_state: TaskRunStateRow;
  task_run_state_cache: TaskRunStateCacheRow;
  log: LogRow;
  artifact: ArtifactRow;
  artifact_collection: ArtifactCollectionRow;
  event: EventRow;
  event_related_set: EventRelatedSetRow;
  event_related_resource: EventRelatedResourceRow;
  flow_run_input: FlowRunInputRow;
  work_pool: WorkPoolRow;
  work_queue: WorkQueueRow;
  deployment: DeploymentRow;
  concurrency_limit: ConcurrencyLimitRow;
  concurrency_lease: ConcurrencyLeaseRow;
  concurrency_slot: ConcurrencySlotRow;
  configuration: ConfigurationRow;
  csrf_token: CsrfTokenRow;
  server_owner: ServerOwnerRow;
}
