import { ConflictError, NotFoundError } from "../domain/errors.ts";
import { newId } from "../domain/ids.ts";
import type { Instant } from "../domain/instant.ts";
import { jsonText } from "../domain/json.ts";
import { runNameOr } from "../domain/run-names.ts";
import type { TaskRun, TaskRunCreate } from "../domain/task-runs.ts";
import type { TransitionSettings } from "../orchestration/settings.ts";
import { proposeTaskRunState } from "../orchestration/transition.ts";
import { toTaskRun } from "../storage/codecs/task-runs.ts";
import type { Database, Queryable, Transaction } from "../storage/database.ts";
import { findFlowRun } from "../storage/queries/flow-runs.ts";
import { findTaskRunByKey, findTaskRunView, insertTaskRun } from "../storage/queries/task-runs.ts";
import type { JsonText, TaskRunRow } from "../storage/tables.ts";
import { policyText } from "./task-run-events.ts";

export interface CreatedTaskRun {
  readonly taskRun: TaskRun;
  readonly isNew: boolean;
}

/** Creates a task run in its first state; the one with the same natural key is answered as it is instead. */
export async function createTaskRun(
  db: Database,
  create: TaskRunCreate,
  settings: TransitionSettings,
  now: Instant,
): Promise<CreatedTaskRun> {
  return db.write(async (tx) => {
    const key = { flow_run_id: create.flow_run_id ?? null, task_key: create.task_key, dynamic_key: create.dynamic_key };
    const known = await findTaskRunByKey(tx, key);
    if (known !== undefined) return { taskRun: await shown(tx, known.id, now), isNew: false };
    const row = newRow(create, await labelsOf(tx, create), now);
    if (!(await insertTaskRun(tx, row))) {
      const winner = await findTaskRunByKey(tx, key);
      if (winner === undefined) throw new ConflictError(`A task run with the id ${row.id} exists already.`);
      return { taskRun: await shown(tx, winner.id, now), isNew: false };
    }
    const proposed = create.state ?? { type: "PENDING" };
    await proposeTaskRunState(tx, { id: row.id, proposed, force: true, now, settings });
    return { taskRun: await shown(tx, row.id, now), isNew: true };
  });
}

async function shown(db: Queryable, id: string, now: Instant): Promise<TaskRun> {
  const view = await findTaskRunView(db, id);
  if (view === undefined) throw new NotFoundError("Task run", id);
  return toTaskRun(view, now);
}

/** A task run inherits the labels of its flow run; its own count more. */
async function labelsOf(tx: Transaction, create: TaskRunCreate): Promise<JsonText> {
  const own = create.labels ?? {};
  if (create.flow_run_id == null) return JSON.stringify(own);
  const flowRun = await findFlowRun(tx, create.flow_run_id);
  if (flowRun === undefined)
    throw new ConflictError(`The flow run ${create.flow_run_id} of the task run does not exist.`);
  const inherited = JSON.parse(flowRun.labels) as Record<string, unknown>;
  return JSON.stringify({ ...inherited, "prefect.flow-run.id": flowRun.id, ...own });
}

function newRow(create: TaskRunCreate, labels: JsonText, now: Instant): TaskRunRow {
  return {
    id: create.id ?? newId(),
    created: now,
    updated: now,
    name: runNameOr(create.name),
    flow_run_id: create.flow_run_id ?? null,
    task_key: create.task_key,
    dynamic_key: create.dynamic_key,
    cache_key: create.cache_key ?? null,
    cache_expiration: create.cache_expiration ?? null,
    task_version: create.task_version ?? null,
    flow_run_run_count: 0,
    empirical_policy: policyText({ ...create.empirical_policy }),
    tags: jsonText(create.tags),
    labels,
    task_inputs: jsonText(create.task_inputs),
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
  };
}
