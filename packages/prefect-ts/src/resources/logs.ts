import { newId } from "../domain/ids.ts";
import type { Instant } from "../domain/instant.ts";
import type { IncomingLog, Log, LogFilter, LogSort } from "../domain/logs.ts";
import { toLog } from "../storage/codecs/logs.ts";
import type { Database, Queryable, Transaction } from "../storage/database.ts";
import { insertLogs, listLogs as listLogRows } from "../storage/queries/logs.ts";
import { pageSize } from "./pages.ts";

/** Writes log lines as part of a larger act. */
export async function recordLogs(tx: Transaction, logs: readonly IncomingLog[], now: Instant): Promise<void> {
  await insertLogs(
    tx,
    logs.map((log) => ({
      id: newId(),
      created: now,
      name: log.name,
      level: log.level,
      message: log.message,
      timestamp: log.timestamp,
      flow_run_id: log.flow_run_id ?? null,
      task_run_id: log.task_run_id ?? null,
    })),
  );
}

export function createLogs(db: Database, logs: readonly IncomingLog[], now: Instant): Promise<void> {
  return db.write((tx) => recordLogs(tx, logs, now));
}

export interface LogListRequest {
  logs?: LogFilter | null | undefined;
  sort: LogSort;
  limit?: number | null | undefined;
  offset: number;
}

export async function listLogs(db: Queryable, request: LogListRequest): Promise<Log[]> {
  const { sort, offset, limit } = request;
  const filter = request.logs ?? { operator: "and_" };
  const rows = await listLogRows(db, { filter, sort, offset, limit: pageSize(limit) });
  return rows.map(toLog);
}
