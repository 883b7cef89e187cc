import type { ReceivedEvent } from "../../domain/events.ts";
import type { StoredEvent } from "../database.ts";
import { json, time } from "./columns.ts";

export function toReceivedEvent(row: StoredEvent): ReceivedEvent {
  return {
    occurred: time(row.occurred),
    event: row.event,
    resource: json(row.resource),
    related: json(row.related),
    payload: json(row.payload),
    id: row.id,
    follows: row.follows,
    received: time(row.received),
  };
}
