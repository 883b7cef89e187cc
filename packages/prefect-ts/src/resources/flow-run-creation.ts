import { ConflictError, NotFoundError } from "../domain/errors.ts";
import type { FlowRun, FlowRunCreate } from "../domain/flow-runs.ts";
import { newId } from "../domain/ids.ts";
import type { Instant } from "../domain/instant.ts";
import { jsonText } from "../domain/json.ts";
import { runNameOr } from "../domain/run-names.ts";
import type { TransitionSettings } from "../orchestration/settings.ts";
import { insertFlowRunInState, type Outcome } from "../orchestration/transition.ts";
import { toFlowRun } from "../storage/codecs/flow-runs.ts";
import type { Database, Queryable, Transaction } from "../storage/database.ts";
import { findDeployment } from "../storage/queries/deployments.ts";
import { type FlowRunView, findFlowRunView } from "../storage/queries/flow-run-views.ts";
import { findFlowRunByIdempotencyKey } from "../storage/queries/flow-runs.ts";
import { findFlow } from "../storage/queries/flows.ts";
import { findWorkQueueId } from "../storage/queries/work-queues.ts";
import type { FlowRunRow, JsonText } from "../storage/tables.ts";
import { checkedParameters } from "./parameters.ts";

export interface FlowRunCreation {
  readonly run: FlowRunCreate;
  readonly now: Instant;
  readonly settings: TransitionSettings;
  /** Zero or less: no limit. */
  readonly maxParameterBytes: number;
}

export interface CreatedFlowRun {
  readonly flowRun: FlowRun;
  readonly isNew: boolean;
}

/** Creates a run in its first state; one with the same flow and idempotency key is answered as it is instead. */
export async function createFlowRun(db: Database, creation: FlowRunCreation): Promise<CreatedFlowRun> {
  const { run, now } = creation;
  const known = await findSameRun(db, run, now);
  if (known !== undefined) return known;
  const parameters = checkedParameters(run.parameters ?? {}, creation.maxParameterBytes);
  return db.write(async (tx) => {
    const row = await newRow(tx, run, parameters, now);
    const outcome = await insertFlowRunInState(tx, {
      run: row,
      proposed: run.state ?? { type: "PENDING" },
      now,
      settings: creation.settings,
    });
    if (outcome !== undefined) return { flowRun: toFlowRun(await viewOf(tx, outcome), now), isNew: true };
    const winner = await findSameRun(tx, run, now);
    if (winner !== undefined) return winner;
    throw new ConflictError("A flow run with this id exists already.");
  });
}

async function findSameRun(db: Queryable, run: FlowRunCreate, now: Instant): Promise<CreatedFlowRun | undefined> {
  if (run.idempotency_key == null || run.idempotency_key === "") return undefined;
  const row = await findFlowRunByIdempotencyKey(db, run.flow_id, run.idempotency_key);
  const view = row === undefined ? undefined : await findFlowRunView(db, row.id);
  return view === undefined ? undefined : { flowRun: toFlowRun(view, now), isNew: false };
}

/** What was just written needs no reading back, but for the names of its pool. */
async function viewOf(tx: Transaction, { run, state }: Outcome): Promise<FlowRunView> {
  const stored = run.work_queue_id === null ? undefined : await findFlowRunView(tx, run.id);
  if (stored !== undefined) return stored;
  const { message = null, state_details = null, data = null } = state ?? {};
  return { ...run, message, state_details, data, work_pool_id: null, work_pool_name: null };
}

async function newRow(tx: Transaction, run: FlowRunCreate, parameters: JsonText, now: Instant): Promise<FlowRunRow> {
  return {
    id: newId(),
    created: now,
    updated: now,
    name: runNameOr(run.name),
    flow_id: run.flow_id,
    deployment_id: run.deployment_id ?? null,
    deployment_version: null,
    work_queue_id: await workQueueIdOf(tx, run),
    work_queue_name: run.work_queue_name ?? null,
    flow_version: run.flow_version ?? null,
    parameters,
    idempotency_key: run.idempotency_key || null,
    context: jsonText(run.context ?? {}),
    empirical_policy: jsonText(run.empirical_policy ?? DEFAULT_POLICY),
    tags: jsonText(run.tags),
    labels: await labelsOf(tx, run),
    parent_task_run_id: run.parent_task_run_id ?? null,
    state_id: null,
    state_type: null,
    state_name: null,
    state_timestamp: null,
    run_count: 0,
    expected_start_time: null,
    next_scheduled_start_time: null,
    start_time: null,
    end_time: null,
    total_run_time: 0,
    auto_scheduled: 0,
    infrastructure_document_id: run.infrastructure_document_id ?? null,
    infrastructure_pid: null,
    created_by: null,
    job_variables: run.job_variables == null ? noJobVariables(run) : jsonText(run.job_variables),
  };
}

/** As Prefect's server answers them: null where an idempotency key was given, else an empty object. */
const noJobVariables = (run: FlowRunCreate) => (run.idempotency_key == null ? jsonText({}) : null);

const DEFAULT_POLICY = {
  max_retries: 0,
  retry_delay_seconds: 0,
  retries: null,
  retry_delay: null,
  pause_keys: [],
  resuming: false,
  retry_type: null,
};

async function workQueueIdOf(tx: Transaction, run: FlowRunCreate): Promise<string | null> {
  if (run.work_pool_name == null || run.work_pool_name === "") return null;
  const id = await findWorkQueueId(tx, run.work_pool_name, run.work_queue_name || null);
  if (id !== undefined) return id;
  const queue = run.work_queue_name ? `/${run.work_queue_name}` : "";
  throw new NotFoundError("Work queue", `${run.work_pool_name}${queue}`);
}

/** A run inherits the labels of its deployment, or of its flow; its own count more. */
async function labelsOf(tx: Transaction, run: FlowRunCreate): Promise<JsonText> {
  const own = run.labels ?? {};
  const deployment = run.deployment_id == null ? undefined : await findDeployment(tx, run.deployment_id);
  if (deployment !== undefined) {
    const ids = { "prefect.flow.id": run.flow_id, "prefect.deployment.id": deployment.id };
    return JSON.stringify({ ...labels(deployment.labels), ...ids, ...own });
  }
  const flow = await findFlow(tx, run.flow_id);
  return JSON.stringify({ ...labels(flow?.labels), "prefect.flow.id": run.flow_id, ...own });
}

function labels(text: JsonText | undefined): Record<string, unknown> {
  return text === undefined || text === "{}" ? {} : (JSON.parse(text) as Record<string, unknown>);
}
