/** `/events/out`: after a filter, the events of the last minutes that it includes, then those that happen. */
import { eventFilterSchema } from "../../domain/event-filters.ts";
import { addSeconds, type Instant } from "../../domain/instant.ts";
import { stringify } from "../../domain/json.ts";
import { openEventStream } from "../../events/event-stream.ts";
import { toReceivedEvent } from "../../storage/codecs/events.ts";
import type { StoredEvent } from "../../storage/database.ts";
import type { ServerApp } from "../app.ts";
import type { Connection } from "./connection.ts";
import { receiveFilter } from "./filter-frame.ts";

export async function streamEventsOut(connection: Connection, app: ServerApp): Promise<void> {
  const { db, clock, settings } = app.context;
  const asked = await receiveFilter(connection, eventFilterSchema);
  if (asked === undefined || !settings.get("PREFECT_SERVER_EVENTS_STREAM_OUT_ENABLED")) return;

  const now = clock.now();
  const earliest = addSeconds(now, -settings.get("PREFECT_SERVER_EVENTS_MAXIMUM_WEBSOCKET_BACKFILL"));
  const { since = earliest, until } = asked.filter.occurred ?? {};
  const stream = openEventStream(db, {
    filter: asked.filter,
    since: Math.max(earliest, since) as Instant,
    // The reference fills in "now" for a missing end, and then nothing live would ever match.
    until,
    now,
    hasBackfill: asked.message["backfill"] !== false,
    pageSize: settings.get("PREFECT_SERVER_EVENTS_WEBSOCKET_BACKFILL_PAGE_SIZE"),
  });
  connection.onClose(() => stream.subscription.end());
  for await (const page of stream.pages()) {
    for (const event of page) await connection.send(frameOf(event));
    if (connection.isClosed) return;
  }
  if (stream.subscription.hasOverflowed) connection.closeOverflowed();
}

/** Every subscriber of an event gets the same text; it is made once. */
const frames = new WeakMap<StoredEvent, string>();

function frameOf(event: StoredEvent): string {
  const known = frames.get(event);
  if (known !== undefined) return known;
  const frame = `{"type":"event","event":${stringify(toReceivedEvent(event))}}`;
  frames.set(event, frame);
  return frame;
}
