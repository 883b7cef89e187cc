import { NotFoundError } from "../domain/errors.ts";
import type { ObjectFilters } from "../domain/filters.ts";
import type { Instant } from "../domain/instant.ts";
import type { OrchestrationResult } from "../domain/orchestration.ts";
import { runNameOr } from "../domain/run-names.ts";
import type { ShortTaskRun, TaskRun, TaskRunSort, TaskRunUpdate } from "../domain/task-runs.ts";
import { proposeTaskRunState, type TaskRunProposal } from "../orchestration/transition.ts";
import { toTaskRunState } from "../storage/codecs/task-run-states.ts";
import { toShortTaskRun, toTaskRun } from "../storage/codecs/task-runs.ts";
import type { Database, Queryable } from "../storage/database.ts";
import { deleteLogsOf } from "../storage/queries/logs.ts";
import * as queries from "../storage/queries/task-runs.ts";
import { type Page, pageSize, readPage } from "./pages.ts";

export async function getTaskRun(db: Queryable, id: string, now: Instant): Promise<TaskRun> {
  const view = await queries.findTaskRunView(db, id);
  if (view === undefined) throw new NotFoundError("Task run", id);
  return toTaskRun(view, now);
}

export interface TaskRunListRequest extends Pick<ObjectFilters, "flows" | "flow_runs" | "task_runs" | "deployments"> {
  sort: TaskRunSort;
  limit?: number | null | undefined;
  offset: number;
}

function listViews(db: Queryable, request: TaskRunListRequest): Promise<queries.TaskRunView[]> {
  const { sort, offset, limit, ...filters } = request;
  return queries.listTaskRunViews(db, { filters, sort, offset, limit: pageSize(limit) });
}

export async function listTaskRuns(db: Queryable, request: TaskRunListRequest, now: Instant): Promise<TaskRun[]> {
  return (await listViews(db, request)).map((row) => toTaskRun(row, now));
}

export function paginateTaskRuns(
  db: Queryable,
  request: Omit<TaskRunListRequest, "offset"> & { page: number },
  now: Instant,
): Promise<Page<ShortTaskRun>> {
  const { sort, limit, page, ...filters } = request;
  return readPage(
    { limit, page },
    async (size, offset) => {
      const rows = await listViews(db, { ...filters, sort, limit: size, offset });
      return rows.map((row) => toShortTaskRun(row, now));
    },
    () => queries.countTaskRuns(db, filters),
  );
}

export async function updateTaskRun(db: Database, id: string, update: TaskRunUpdate, now: Instant): Promise<void> {
  const changes = update.name === undefined ? {} : { name: runNameOr(update.name), updated: now };
  if (!(await db.write((tx) => queries.updateTaskRun(tx, id, changes)))) throw new NotFoundError("Task run", id);
}

/** States and logs go with their task run. */
export async function deleteTaskRun(db: Database, id: string): Promise<void> {
  await db.write(async (tx) => {
    if (!(await queries.deleteTaskRun(tx, id))) throw new NotFoundError("Task run", id);
    await deleteLogsOf(tx, "task_run_id", [id]);
  });
}

export async function setTaskRunState(
  db: Database,
  proposal: TaskRunProposal,
): Promise<{ result: OrchestrationResult; isNew: boolean }> {
  const { state, status, details, isNew, run } = await db.write((tx) => proposeTaskRunState(tx, proposal));
  const shown = state === null ? null : toTaskRunState({ ...state, flow_run_id: run.flow_run_id });
  return { result: { state: shown, status, details }, isNew };
}
