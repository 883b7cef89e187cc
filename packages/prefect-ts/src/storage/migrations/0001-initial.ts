import type { DialectName } from "../database.ts";
import { columnTypes } from "./column-types.ts";

/** The first schema: flows, runs, their states, logs, artifacts, events, and what orchestration refers to. */
export function up(dialect: DialectName): string[] {
  const types = columnTypes(dialect);
  return [
    ...flows(types),
    ...workPools(types),
    ...concurrency(types),
    ...deployments(types),
    ...flowRuns(types),
    ...taskRuns(types),
    ...logs(types),
    ...artifacts(types),
    ...events(types),
    ...configuration(types),
  ];
}

type Types = ReturnType<typeof columnTypes>;

function entity({ id, instant }: Types): string {
  return `id ${id} NOT NULL PRIMARY KEY, created ${instant} NOT NULL, updated ${instant} NOT NULL`;
}

function state({ id, instant }: Types): string {
  return `id ${id} NOT NULL PRIMARY KEY, created ${instant} NOT NULL, type TEXT NOT NULL, name TEXT NOT NULL,
    timestamp ${instant} NOT NULL, message TEXT, state_details TEXT NOT NULL, data TEXT, result_artifact_id ${id}`;
}

function run({ id, instant, int }: Types): string {
  return `name TEXT NOT NULL, empirical_policy TEXT NOT NULL, tags TEXT NOT NULL, labels TEXT NOT NULL,
    state_id ${id}, state_type TEXT, state_name TEXT, state_timestamp ${instant}, run_count ${int} NOT NULL,
    expected_start_time ${instant}, next_scheduled_start_time ${instant}, start_time ${instant}, end_time ${instant},
    total_run_time ${instant} NOT NULL`;
}

function flows(types: Types): string[] {
  return [`CREATE TABLE flow (${entity(types)}, name TEXT NOT NULL UNIQUE, tags TEXT NOT NULL, labels TEXT NOT NULL)`];
}

function workPools(types: Types): string[] {
  const { id, instant, bit, int } = types;
  return [
    `CREATE TABLE work_pool (${entity(types)}, name TEXT NOT NULL UNIQUE, description TEXT, type TEXT NOT NULL,
      base_job_template TEXT NOT NULL, is_paused ${bit} NOT NULL, concurrency_limit ${int}, default_queue_id ${id},
      status TEXT, last_transitioned_status_at ${instant}, last_status_event_id ${id}, storage_configuration TEXT NOT NULL)`,

    `CREATE TABLE work_queue (${entity(types)}, name TEXT NOT NULL, description TEXT, is_paused ${bit} NOT NULL,
      concurrency_limit ${int}, priority ${int} NOT NULL, work_pool_id ${id} NOT NULL REFERENCES work_pool (id) ON DELETE CASCADE,
      filter TEXT, last_polled ${instant}, status TEXT NOT NULL, last_transitioned_status_at ${instant},
      last_status_event_id ${id}, UNIQUE (work_pool_id, name))`,
  ];
}

function concurrency(types: Types): string[] {
  const { id, instant, bit, int, real } = types;
  return [
    `CREATE TABLE concurrency_limit (${entity(types)}, name TEXT NOT NULL UNIQUE, active ${bit} NOT NULL, "limit" ${int} NOT NULL,
      slot_decay_per_second ${real} NOT NULL, avg_slot_occupancy_seconds ${real} NOT NULL, denied_slots ${real} NOT NULL,
      denied_at ${instant} NOT NULL)`,

    `CREATE TABLE concurrency_lease (id ${id} NOT NULL PRIMARY KEY, created ${instant} NOT NULL, expiration ${instant},
      is_anonymous ${bit} NOT NULL, holder_type TEXT, holder_id ${id})`,
    `CREATE INDEX concurrency_lease_expiration ON concurrency_lease (expiration) WHERE expiration IS NOT NULL`,
    `CREATE INDEX concurrency_lease_holder ON concurrency_lease (holder_id) WHERE holder_id IS NOT NULL`,

    `CREATE TABLE concurrency_slot (lease_id ${id} NOT NULL REFERENCES concurrency_lease (id) ON DELETE CASCADE,
      concurrency_limit_id ${id} NOT NULL REFERENCES concurrency_limit (id) ON DELETE CASCADE, slots ${real} NOT NULL,
      decayed_at ${instant} NOT NULL, PRIMARY KEY (concurrency_limit_id, lease_id))`,
    `CREATE INDEX concurrency_slot_lease ON concurrency_slot (lease_id)`,
  ];
}

function deployments(types: Types): string[] {
  const { id, instant, bit } = types;
  return [
    `CREATE TABLE deployment (${entity(types)}, name TEXT NOT NULL, flow_id ${id} NOT NULL REFERENCES flow (id) ON DELETE CASCADE,
      version TEXT, description TEXT, paused ${bit} NOT NULL, tags TEXT NOT NULL, labels TEXT NOT NULL,
      concurrency_limit_id ${id} REFERENCES concurrency_limit (id) ON DELETE SET NULL, concurrency_options TEXT,
      parameters TEXT NOT NULL, parameter_openapi_schema TEXT, enforce_parameter_schema ${bit} NOT NULL,
      job_variables TEXT NOT NULL, pull_steps TEXT, path TEXT, entrypoint TEXT, storage_document_id ${id},
      infrastructure_document_id ${id}, work_queue_id ${id} REFERENCES work_queue (id) ON DELETE SET NULL,
      work_queue_name TEXT, last_polled ${instant}, status TEXT NOT NULL, created_by TEXT, updated_by TEXT,
      UNIQUE (flow_id, name))`,
  ];
}

function flowRuns(types: Types): string[] {
  const { id, bit, withoutRowid, nullsFirst } = types;
  return [
    `CREATE TABLE flow_run (${entity(types)}, ${run(types)}, flow_id ${id} NOT NULL REFERENCES flow (id) ON DELETE CASCADE,
      deployment_id ${id} REFERENCES deployment (id) ON DELETE SET NULL, deployment_version TEXT,
      work_queue_id ${id} REFERENCES work_queue (id) ON DELETE SET NULL, work_queue_name TEXT, flow_version TEXT,
      parameters TEXT NOT NULL, idempotency_key TEXT, context TEXT NOT NULL, parent_task_run_id ${id},
      auto_scheduled ${bit} NOT NULL, infrastructure_document_id ${id}, infrastructure_pid TEXT, created_by TEXT,
      job_variables TEXT)`,
    `CREATE UNIQUE INDEX flow_run_idempotency ON flow_run (flow_id, idempotency_key) WHERE idempotency_key IS NOT NULL`,
    `CREATE INDEX flow_run_flow ON flow_run (flow_id, id)`,
    `CREATE INDEX flow_run_deployment ON flow_run (deployment_id) WHERE deployment_id IS NOT NULL`,
    `CREATE INDEX flow_run_parent ON flow_run (parent_task_run_id) WHERE parent_task_run_id IS NOT NULL`,
    `CREATE INDEX flow_run_expected_start ON flow_run (expected_start_time${nullsFirst}, id)`,
    `CREATE INDEX flow_run_start ON flow_run (COALESCE(start_time, expected_start_time)${nullsFirst}, id)`,
    `CREATE INDEX flow_run_state_type ON flow_run (state_type, id)`,
    `CREATE INDEX flow_run_next_start ON flow_run (next_scheduled_start_time) WHERE next_scheduled_start_time IS NOT NULL`,

    `CREATE TABLE flow_run_state (${state(types)}, flow_run_id ${id} NOT NULL REFERENCES flow_run (id) ON DELETE CASCADE)${withoutRowid}`,
    `CREATE INDEX flow_run_state_run ON flow_run_state (flow_run_id, timestamp)`,
    `CREATE TABLE flow_run_input (${entity(types)}, flow_run_id ${id} NOT NULL REFERENCES flow_run (id) ON DELETE CASCADE,
      key TEXT NOT NULL, value TEXT NOT NULL, sender TEXT, UNIQUE (flow_run_id, key))`,
  ];
}

function taskRuns(types: Types): string[] {
  const { id, instant, int, withoutRowid, nullsFirst } = types;
  return [
    // No foreign key to flow_run: the events that task runs are recorded from arrive in any order.
    `CREATE TABLE task_run (${entity(types)}, ${run(types)}, flow_run_id ${id}, task_key TEXT NOT NULL, dynamic_key TEXT NOT NULL,
      cache_key TEXT, cache_expiration ${instant}, task_version TEXT, flow_run_run_count ${int} NOT NULL,
      task_inputs TEXT NOT NULL)`,
    `CREATE UNIQUE INDEX task_run_natural_key ON task_run (flow_run_id, task_key, dynamic_key)`,
    `CREATE INDEX task_run_expected_start ON task_run (expected_start_time${nullsFirst}, id)`,

    `CREATE TABLE task_run_state (${state(types)}, task_run_id ${id} NOT NULL)${withoutRowid}`,
    `CREATE INDEX task_run_state_run ON task_run_state (task_run_id, timestamp)`,

    `CREATE TABLE task_run_state_cache (id ${id} NOT NULL PRIMARY KEY, created ${instant} NOT NULL, cache_key TEXT NOT NULL,
      cache_expiration ${instant}, task_run_state_id ${id} NOT NULL)`,
    `CREATE INDEX task_run_state_cache_key ON task_run_state_cache (cache_key, created)`,
  ];
}

function logs(types: Types): string[] {
  const { id, instant, int } = types;
  return [
    `CREATE TABLE log (id ${id} NOT NULL, created ${instant} NOT NULL, name TEXT NOT NULL, level ${int} NOT NULL,
      message TEXT NOT NULL, timestamp ${instant} NOT NULL, flow_run_id ${id}, task_run_id ${id}, PRIMARY KEY (timestamp, id))`,
    `CREATE INDEX log_flow_run ON log (flow_run_id, timestamp) WHERE flow_run_id IS NOT NULL`,
    `CREATE INDEX log_task_run ON log (task_run_id, timestamp) WHERE task_run_id IS NOT NULL`,
  ];
}

function artifacts(types: Types): string[] {
  const { id } = types;
  const artifact = `type TEXT, description TEXT, data TEXT, metadata_ TEXT, flow_run_id ${id}, task_run_id ${id}`;
  return [
    `CREATE TABLE artifact (${entity(types)}, key TEXT, ${artifact})`,
    `CREATE INDEX artifact_key ON artifact (key, created) WHERE key IS NOT NULL`,
    `CREATE INDEX artifact_flow_run ON artifact (flow_run_id) WHERE flow_run_id IS NOT NULL`,
    `CREATE INDEX artifact_task_run ON artifact (task_run_id) WHERE task_run_id IS NOT NULL`,
    `CREATE TABLE artifact_collection (${entity(types)}, key TEXT NOT NULL UNIQUE, latest_id ${id} NOT NULL, ${artifact})`,
  ];
}

function events(types: Types): string[] {
  const { id, instant, int, withoutRowid } = types;
  return [
    `CREATE TABLE event (id ${id} NOT NULL, occurred ${instant} NOT NULL, received ${instant} NOT NULL, event TEXT NOT NULL,
      resource_id TEXT NOT NULL, resource TEXT NOT NULL, related_set_id TEXT, payload TEXT NOT NULL, follows ${id},
      PRIMARY KEY (occurred, id))`,
    `CREATE INDEX event_resource ON event (resource_id, occurred)`,
    `CREATE INDEX event_related ON event (related_set_id, occurred) WHERE related_set_id IS NOT NULL`,
    `CREATE TABLE event_related_set (id TEXT NOT NULL PRIMARY KEY, resources TEXT NOT NULL)`,
    `CREATE TABLE event_related_resource (related_set_id TEXT NOT NULL, position ${int} NOT NULL, resource_id TEXT NOT NULL,
      role TEXT NOT NULL, resource TEXT NOT NULL, PRIMARY KEY (related_set_id, position))${withoutRowid}`,
    `CREATE INDEX event_related_resource_id ON event_related_resource (resource_id)`,
  ];
}

function configuration(types: Types): string[] {
  const { id, instant, int } = types;
  return [
    `CREATE TABLE configuration (${entity(types)}, key TEXT NOT NULL UNIQUE, value TEXT NOT NULL)`,
    `CREATE TABLE csrf_token (${entity(types)}, client TEXT NOT NULL UNIQUE, token TEXT NOT NULL, expiration ${instant} NOT NULL)`,
    `CREATE TABLE server_owner (id ${id} NOT NULL PRIMARY KEY, pid ${int} NOT NULL, host TEXT NOT NULL, url TEXT NOT NULL,
      schema_version ${int} NOT NULL, started ${instant} NOT NULL, heartbeat ${instant} NOT NULL)`,
  ];
}
