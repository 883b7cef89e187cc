import type { Log } from "../../domain/logs.ts";
import type { LogRow } from "../tables.ts";
import { time } from "./columns.ts";

export function toLog(row: LogRow): Log {
  const created = time(row.created);
  return {
    id: row.id,
    created,
    // A log line never changes.
    updated: created,
    name: row.name,
    level: row.level,
    message: row.message,
    timestamp: time(row.timestamp),
    flow_run_id: row.flow_run_id,
    task_run_id: row.task_run_id,
  };
}
