/** `/logs/out`: log lines that a filter includes, from now on; older ones are for the list. */
import { logFilterSchema } from "../../domain/logs.ts";
import { createLogMatcher } from "../../events/log-matcher.ts";
import { Subscription } from "../../events/subscription.ts";
import { toLog } from "../../storage/codecs/logs.ts";
import type { LogRow } from "../../storage/tables.ts";
import type { ServerApp } from "../app.ts";
import type { Connection } from "./connection.ts";
import { receiveFilter } from "./filter-frame.ts";

export async function streamLogsOut(connection: Connection, app: ServerApp): Promise<void> {
  const { db, settings } = app.context;
  const asked = await receiveFilter(connection, logFilterSchema);
  const isOn =
    settings.get("PREFECT_SERVER_LOGS_STREAM_OUT_ENABLED") &&
    settings.get("PREFECT_SERVER_LOGS_STREAM_PUBLISHING_ENABLED");
  if (asked === undefined || !isOn) return;

  const subscription = new Subscription<LogRow>((onLogs) => db.listen("logs", onLogs), createLogMatcher(asked.filter));
  connection.onClose(() => subscription.end());
  for (;;) {
    const logs = await subscription.next();
    if (logs === undefined) break;
    for (const log of logs) await connection.send(JSON.stringify({ type: "log", log: toLog(log) }));
  }
  if (subscription.hasOverflowed) connection.closeOverflowed();
}
