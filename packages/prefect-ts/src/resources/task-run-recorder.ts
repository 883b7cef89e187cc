import type { IncomingEvent } from "../domain/events.ts";
import type { Instant } from "../domain/instant.ts";
import { randomRunName } from "../domain/run-names.ts";
import type { Transaction } from "../storage/database.ts";
import { listRecordedTaskRunIds } from "../storage/queries/task-runs.ts";
import type { TaskRunRow, TaskRunStateRow } from "../storage/tables.ts";
import {
  fillReportedColumns,
  isTaskRunReport,
  policyText,
  type ReportedTaskRun,
  readTaskRunReport,
  reportedColumns,
} from "./task-run-events.ts";

/**
 * Derives task runs and their states from the events of clients that orchestrate them (behaviour.md 3.3).
 *
 * Events come in any order, more than once, and before their flow run is known. So every state is kept, once per id;
 * the row takes only what is newer than itself; and nothing is checked against other tables. A run has one row per
 * natural key (flow run, task, dynamic key): the id that was recorded first is the run's, also for the states of a
 * client that says another.
 */
export async function recordTaskRunEvents(
  tx: Transaction,
  events: readonly IncomingEvent[],
  now: Instant,
): Promise<void> {
  const reports: ReportedTaskRun[] = [];
  for (const event of events) {
    const report = isTaskRunReport(event) ? readTaskRunReport(event) : undefined;
    if (report !== undefined) reports.push(report);
  }
  if (reports.length === 0) return;

  const ids = await recordedIds(tx, reports);
  const runs = new Map<string, ReportedTaskRun[]>();
  const states: TaskRunStateRow[] = [];
  for (const report of reports) {
    const id = ids.get(report.id) ?? report.id;
    states.push(stateRow(report, id, now));
    const known = runs.get(id);
    if (known === undefined) runs.set(id, [report]);
    else known.push(report);
  }
  await upsertTaskRuns(tx, runs, now);
  await tx.insert("task_run_state", states, "ignore");
}

async function upsertTaskRuns(tx: Transaction, runs: Map<string, ReportedTaskRun[]>, now: Instant): Promise<void> {
  const rowsByColumns = new Map<number, TaskRunRow[]>();
  for (const [id, reports] of runs) {
    if (reports.length > 1) reports.sort((one, other) => other.state_timestamp - one.state_timestamp);
    const [newest] = reports;
    if (newest === undefined) continue;
    const row = emptyRow(id, newest, now);
    const given = fillReportedColumns(row, reports);
    const rows = rowsByColumns.get(given);
    if (rows === undefined) rowsByColumns.set(given, [row]);
    else rows.push(row);
  }
  for (const [given, rows] of rowsByColumns) {
    await tx.insert("task_run", rows, {
      key: ["id"],
      update: ["updated", "state_id", "state_type", "state_name", "state_timestamp", ...reportedColumns(given)],
      ifNewer: "state_timestamp",
    });
  }
}

const EMPTY_POLICY = policyText({});

function emptyRow(id: string, report: ReportedTaskRun, now: Instant): TaskRunRow {
  return {
    id,
    created: now,
    updated: now,
    name: typeof report.fields["name"] === "string" ? "" : randomRunName(),
    flow_run_id: report.flow_run_id,
    task_key: report.task_key,
    dynamic_key: report.dynamic_key,
    cache_key: null,
    cache_expiration: null,
    task_version: null,
    flow_run_run_count: 0,
    empirical_policy: EMPTY_POLICY,
    tags: "[]",
    labels: "{}",
    task_inputs: "{}",
    state_id: report.state_id,
    state_type: report.state_type,
    state_name: report.state_name,
    state_timestamp: report.state_timestamp,
    run_count: 0,
    expected_start_time: null,
    next_scheduled_start_time: null,
    start_time: null,
    end_time: null,
    total_run_time: 0,
  };
}

function stateRow(report: ReportedTaskRun, taskRunId: string, now: Instant): TaskRunStateRow {
  return {
    id: report.state_id,
    created: now,
    type: report.state_type,
    name: report.state_name,
    timestamp: report.state_timestamp,
    message: report.message,
    state_details: report.state_details,
    data: report.data,
    task_run_id: taskRunId,
    result_artifact_id: null,
  };
}

/** Ids that this process has recorded, by the id their client says; a run's later events need no lookup. */
const knownIds = new WeakMap<object, Map<string, string>>();
const KNOWN_IDS = 50_000;

async function recordedIds(tx: Transaction, reports: readonly ReportedTaskRun[]): Promise<Map<string, string>> {
  const known = knownIds.get(tx.identity) ?? new Map<string, string>();
  knownIds.set(tx.identity, known);
  const unknown = new Map<string, ReportedTaskRun>();
  for (const report of reports) if (!known.has(report.id)) unknown.set(report.id, report);
  if (unknown.size === 0) return known;

  const found = await lookUp(tx, [...unknown.values()]);
  tx.afterCommit(() => {
    if (known.size > KNOWN_IDS) known.clear();
    for (const [id, recorded] of found) known.set(id, recorded);
  });
  return known.size === 0 ? found : new Map([...found, ...idsAmong(known, reports)]);
}

function* idsAmong(known: Map<string, string>, reports: readonly ReportedTaskRun[]): Generator<[string, string]> {
  for (const { id } of reports) {
    const recorded = known.get(id);
    if (recorded !== undefined) yield [id, recorded];
  }
}

/** The ids under which new reports are recorded: the stored run's, the batch's first of the same key, or their own. */
async function lookUp(tx: Transaction, reports: readonly ReportedTaskRun[]): Promise<Map<string, string>> {
  const stored = await listRecordedTaskRunIds(tx, reports);
  const firstOfKey = new Map<string, string>();
  const ids = new Map<string, string>();
  for (const report of reports) {
    const recorded = stored.get(report.id);
    if (recorded !== undefined || report.flow_run_id === null) {
      ids.set(report.id, recorded ?? report.id);
      continue;
    }
    const key = `${report.flow_run_id} ${report.task_key.length} ${report.task_key} ${report.dynamic_key}`;
    const first = firstOfKey.get(key) ?? report.id;
    firstOfKey.set(key, first);
    ids.set(report.id, first);
  }
  return ids;
}
