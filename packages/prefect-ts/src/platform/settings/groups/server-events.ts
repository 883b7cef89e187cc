import { DAY, duration, flag, int, MINUTE, text } from "../define.ts";

export const serverEventsSettings = {
  PREFECT_SERVER_EVENTS_STREAM_OUT_ENABLED: flag(true, "Streams events over /events/out.", {
    aliases: ["PREFECT_API_EVENTS_STREAM_OUT_ENABLED"],
  }),
  PREFECT_SERVER_EVENTS_RELATED_RESOURCE_CACHE_TTL: duration(5 * MINUTE, "Life of cached related resources.", {
    aliases: ["PREFECT_API_EVENTS_RELATED_RESOURCE_CACHE_TTL"],
  }),
  PREFECT_SERVER_EVENTS_MAXIMUM_LABELS_PER_RESOURCE: int(500, "Labels a resource may have.", {
    aliases: ["PREFECT_EVENTS_MAXIMUM_LABELS_PER_RESOURCE"],
  }),
  PREFECT_SERVER_EVENTS_MAXIMUM_RELATED_RESOURCES: int(100, "Related resources an event may have.", {
    aliases: ["PREFECT_EVENTS_MAXIMUM_RELATED_RESOURCES"],
  }),
  PREFECT_SERVER_EVENTS_MAXIMUM_SIZE_BYTES: int(1_500_000, "Bytes an event may have.", {
    aliases: ["PREFECT_EVENTS_MAXIMUM_SIZE_BYTES"],
  }),
  PREFECT_SERVER_EVENTS_EXPIRED_BUCKET_BUFFER: duration(1 * MINUTE, "Time an expired trigger bucket is kept.", {
    aliases: ["PREFECT_EVENTS_EXPIRED_BUCKET_BUFFER"],
  }),
  PREFECT_SERVER_EVENTS_PROACTIVE_GRANULARITY: duration(5, "Time between two evaluations of proactive triggers.", {
    aliases: ["PREFECT_EVENTS_PROACTIVE_GRANULARITY"],
  }),
  PREFECT_SERVER_EVENTS_RETENTION_PERIOD: duration(7 * DAY, "Age at which events are deleted.", {
    aliases: ["PREFECT_EVENTS_RETENTION_PERIOD"],
  }),
  PREFECT_SERVER_EVENTS_MAXIMUM_WEBSOCKET_BACKFILL: duration(15 * MINUTE, "How far back an event stream may begin.", {
    aliases: ["PREFECT_EVENTS_MAXIMUM_WEBSOCKET_BACKFILL"],
  }),
  PREFECT_SERVER_EVENTS_WEBSOCKET_BACKFILL_PAGE_SIZE: int(250, "Events read at once for such a beginning.", {
    aliases: ["PREFECT_EVENTS_WEBSOCKET_BACKFILL_PAGE_SIZE"],
    above: 0,
  }),
  PREFECT_SERVER_EVENTS_MESSAGING_BROKER: text(
    "prefect.server.utilities.messaging.memory",
    "Accepted for compatibility: messages go through the database here.",
    { aliases: ["PREFECT_MESSAGING_BROKER"] },
  ),
  PREFECT_SERVER_EVENTS_MESSAGING_CACHE: text(
    "prefect.server.utilities.messaging.memory",
    "Accepted for compatibility: duplicates are found in the database here.",
    { aliases: ["PREFECT_MESSAGING_CACHE"] },
  ),
  PREFECT_SERVER_EVENTS_CAUSAL_ORDERING: text(
    "prefect.server.events.ordering.memory",
    "Accepted for compatibility: events are ordered in the database here.",
  ),
  PREFECT_SERVER_EVENTS_MAXIMUM_EVENT_NAME_LENGTH: int(1024, "Characters an event's name may have.", { above: 0 }),
};
