import { NotFoundError } from "../domain/errors.ts";
import { formatInstant, type Instant } from "../domain/instant.ts";
import type { Queryable } from "../storage/database.ts";
import { findFlowRun } from "../storage/queries/flow-runs.ts";
import { listLogs } from "../storage/queries/logs.ts";
import type { LogRow } from "../storage/tables.ts";

const PAGE_SIZE = 1000;
const HEADER = "timestamp,level,flow_run_id,task_run_id,message\r\n";

export interface LogsFile {
  readonly csv: string;
  /** Of the run, for the file's name. */
  readonly runName: string;
}

/** All log lines of a run as CSV, as Python's `csv` writes it. */
export async function readLogsFile(db: Queryable, flowRunId: string): Promise<LogsFile> {
  const run = await findFlowRun(db, flowRunId);
  if (run === undefined) throw new NotFoundError("Flow run", flowRunId);
  const filter = { operator: "and_" as const, flow_run_id: { any_: [flowRunId] } };
  let csv = HEADER;
  for (let offset = 0; ; offset += PAGE_SIZE) {
    const rows = await listLogs(db, { filter, sort: "TIMESTAMP_ASC", limit: PAGE_SIZE, offset });
    csv += rows.map(line).join("");
    if (rows.length < PAGE_SIZE) return { csv, runName: run.name };
  }
}

function line(row: LogRow): string {
  const fields = [pythonTime(row.timestamp), String(row.level), row.flow_run_id ?? "", row.task_run_id ?? ""];
  return `${fields.join(",")},${quoted(row.message)}\r\n`;
}

/** `2026-01-01 12:00:00.000001+00:00` */
function pythonTime(instant: Instant): string {
  return formatInstant(instant).replace("T", " ").replace("Z", "+00:00");
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
