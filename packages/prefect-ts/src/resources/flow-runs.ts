import { InvalidRequestError, NotFoundError } from "../domain/errors.ts";
import type { ObjectFilters } from "../domain/filters.ts";
import type { FlowRun, FlowRunSort, FlowRunUpdate } from "../domain/flow-runs.ts";
import type { Instant } from "../domain/instant.ts";
import { jsonText } from "../domain/json.ts";
import { runNameOr } from "../domain/run-names.ts";
import { toFlowRun } from "../storage/codecs/flow-runs.ts";
import type { Database, Queryable } from "../storage/database.ts";
import * as views from "../storage/queries/flow-run-views.ts";
import {
  countFlowRuns,
  type FlowRunChanges,
  findFlowRun,
  findFlowRunForUpdate,
  updateFlowRun as updateRow,
} from "../storage/queries/flow-runs.ts";
import { type Page, pageSize, readPage } from "./pages.ts";
import { checkedParameters } from "./parameters.ts";

export async function getFlowRun(db: Queryable, id: string, now: Instant): Promise<FlowRun> {
  const view = await views.findFlowRunView(db, id);
  if (view === undefined) throw new NotFoundError("Flow run", id);
  return toFlowRun(view, now);
}

export interface FlowRunListRequest extends ObjectFilters {
  sort: FlowRunSort;
  limit?: number | null | undefined;
  offset: number;
}

export async function listFlowRuns(db: Queryable, request: FlowRunListRequest, now: Instant): Promise<FlowRun[]> {
  const { sort, offset, limit, ...filters } = request;
  const rows = await views.listFlowRunViews(db, { filters, sort, offset, limit: pageSize(limit) });
  return rows.map((row) => toFlowRun(row, now));
}

export function paginateFlowRuns(
  db: Queryable,
  request: Omit<FlowRunListRequest, "offset"> & { page: number },
  now: Instant,
): Promise<Page<FlowRun>> {
  const { sort, limit, page, ...filters } = request;
  return readPage(
    { limit, page },
    (size, offset) => listFlowRuns(db, { ...filters, sort, limit: size, offset }, now),
    () => countFlowRuns(db, filters),
  );
}

export interface FlowRunEdit {
  readonly id: string;
  readonly update: FlowRunUpdate;
  readonly maxParameterBytes: number;
  readonly now: Instant;
}

/** Keys that are absent stay as they are. */
export async function updateFlowRun(db: Database, { id, update, maxParameterBytes, now }: FlowRunEdit): Promise<void> {
  await db.write(async (tx) => {
    const run = await findFlowRun(tx, id);
    if (run === undefined) throw new NotFoundError("Flow run", id);
    if (update.job_variables != null) checkJobVariablesCanChange(run);
    await updateRow(tx, id, { ...changesOf(update, maxParameterBytes), updated: now });
  });
}

function changesOf(update: FlowRunUpdate, maxParameterBytes: number): FlowRunChanges {
  const { name, flow_version, parameters, empirical_policy, tags, infrastructure_pid, job_variables } = update;
  return {
    ...(name === undefined ? {} : { name: runNameOr(name) }),
    ...(flow_version === undefined ? {} : { flow_version }),
    ...(parameters === undefined ? {} : { parameters: checkedParameters(parameters, maxParameterBytes) }),
    ...(empirical_policy === undefined ? {} : { empirical_policy: jsonText(empirical_policy) }),
    ...(tags === undefined ? {} : { tags: jsonText(tags) }),
    ...(infrastructure_pid === undefined ? {} : { infrastructure_pid }),
    ...(job_variables === undefined ? {} : { job_variables: job_variables && jsonText(job_variables) }),
  };
}

function checkJobVariablesCanChange(run: { state_type: string | null; deployment_id: string | null }): void {
  if (run.state_type === null) {
    throw new InvalidRequestError("Flow run state is required to update job variables but none exists");
  }
  if (run.state_type !== "SCHEDULED") {
    throw new InvalidRequestError(`Job variables for a flow run in state ${run.state_type} cannot be updated`);
  }
  if (run.deployment_id === null) {
    throw new InvalidRequestError("A deployment for the flow run could not be found");
  }
}

/** Labels of the same name are replaced, the others stay. */
export async function updateFlowRunLabels(
  db: Database,
  id: string,
  labels: Readonly<Record<string, unknown>>,
  now: Instant,
): Promise<void> {
  await db.write(async (tx) => {
    const run = await findFlowRunForUpdate(tx, id);
    if (run === undefined) throw new NotFoundError("Flow run", id, "exception_message");
    const merged = { ...(JSON.parse(run.labels) as Record<string, unknown>), ...labels };
    await updateRow(tx, id, { labels: JSON.stringify(merged), updated: now });
  });
}
