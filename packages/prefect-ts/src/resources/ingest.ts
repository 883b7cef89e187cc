import { ConflictError } from "../domain/errors.ts";
import type { IncomingEvent } from "../domain/events.ts";
import type { Instant } from "../domain/instant.ts";
import { jsonText } from "../domain/json.ts";
import type { IncomingLog } from "../domain/logs.ts";
import { isToldByPayload } from "../storage/codecs/task-run-resources.ts";
import type { Database } from "../storage/database.ts";
import { appendEvents, type EventToAppend } from "../storage/queries/events.ts";
import { recordLogs } from "./logs.ts";
import { recordTaskRunEvents } from "./task-run-recorder.ts";

export interface Delivery {
  readonly events?: readonly IncomingEvent[];
  readonly logs?: readonly IncomingLog[];
}

/** Two recorders may meet a new run at the same moment; the second sees the first one's row when it tries again. */
const ATTEMPTS = 3;

/**
 * Takes what clients report, in one transaction: task runs are recorded, events appended, log lines stored, all of it
 * before anybody hears of it. Events that are known by their id are ignored.
 */
export async function ingest(db: Database, delivery: Delivery, now: Instant): Promise<void> {
  const { events = [], logs = [] } = delivery;
  const appended = events.map((event) => eventToAppend(event, now));
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.write(async (tx) => {
        await recordTaskRunEvents(tx, events, now);
        if (appended.length > 0) await appendEvents(tx, appended);
        await recordLogs(tx, logs, now);
      });
    } catch (error) {
      if (!(error instanceof ConflictError) || attempt === ATTEMPTS) throw error;
    }
  }
}

function eventToAppend(event: IncomingEvent, received: Instant): EventToAppend {
  return {
    id: event.id,
    occurred: event.occurred,
    received,
    event: event.event,
    resource: event.resource,
    related: event.related,
    payload: jsonText(event.payload),
    follows: event.follows ?? null,
    isResourceTold: isToldByPayload(event.resource, event.occurred, event.payload),
  };
}
