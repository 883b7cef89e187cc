import type { LogFilter, LogSort } from "../../domain/logs.ts";
import type { Queryable, Transaction } from "../database.ts";
import { logCondition } from "../filters/logs.ts";
import { fragment, list, sql } from "../sql.ts";
import type { LogRow } from "../tables.ts";

/** Listeners of the channel `logs` hear of them after the commit. */
export async function insertLogs(tx: Transaction, rows: readonly LogRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.insert("log", rows);
  tx.notify("logs", rows);
}

export interface LogPage {
  readonly filter: LogFilter;
  readonly sort: LogSort;
  readonly limit: number;
  readonly offset: number;
}

/** Ids grow with time, so lines of the same microsecond keep the order in which they arrived. */
export function listLogs(db: Queryable, page: LogPage): Promise<LogRow[]> {
  const direction = fragment(page.sort === "TIMESTAMP_ASC" ? "ASC" : "DESC");
  return db.all(sql`
    SELECT * FROM log WHERE ${logCondition(db.dialect, page.filter)}
    ORDER BY timestamp ${direction}, id ${direction} LIMIT ${page.limit} OFFSET ${page.offset}`);
}

export async function deleteLogsOf(
  tx: Transaction,
  column: "flow_run_id" | "task_run_id",
  ids: readonly string[],
): Promise<void> {
  await tx.run(sql`DELETE FROM log WHERE ${fragment(column)} IN (${list(ids)})`);
}
