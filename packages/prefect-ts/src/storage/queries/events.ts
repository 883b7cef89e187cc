import { createHash } from "node:crypto";
import type { EventResource } from "../../domain/events.ts";
import type { Instant } from "../../domain/instant.ts";
import { TOLD_BY_PAYLOAD } from "../codecs/task-run-resources.ts";
import type { Queryable, StoredEvent, Transaction } from "../database.ts";
import type { EventRelatedResourceRow, EventRow, JsonText } from "../tables.ts";

/** An event on its way into the log. */
export interface EventToAppend {
  readonly id: string;
  readonly occurred: Instant;
  readonly received: Instant;
  readonly event: string;
  readonly resource: EventResource;
  readonly related: readonly EventResource[];
  readonly payload: JsonText;
  readonly follows: string | null;
  /** The payload tells the resource's labels again, see `codecs/task-run-resources.ts`. Default false. */
  readonly isResourceTold?: boolean;
}

type NewSets = Map<JsonText, { id: string; resources: readonly EventResource[] }>;
type SetIds = Map<JsonText, string>;

/** Sets known to be stored, by database and the JSON of their resources. The events of one flow run share a few. */
const knownSets = new WeakMap<object, SetIds>();
const KNOWN_SETS = 10_000;

function knownSetsOf(db: Queryable): SetIds {
  const known = knownSets.get(db.identity) ?? new Map();
  knownSets.set(db.identity, known);
  return known;
}

/**
 * Appends events to the log (the outbox of every act): an id that is there already is ignored. Related resources are
 * stored once as a set and referred to. Listeners of the channel `events` hear of them after the commit.
 */
export async function appendEvents(tx: Transaction, events: readonly EventToAppend[]): Promise<void> {
  const known = knownSetsOf(tx);
  const newSets: NewSets = new Map();
  const stored: StoredEvent[] = [];
  const rows: EventRow[] = [];
  const texts = new Map<readonly EventResource[], JsonText>();
  for (const event of events) {
    const related = texts.get(event.related) ?? JSON.stringify(event.related);
    texts.set(event.related, related);
    const resource = JSON.stringify(event.resource);
    const row: EventRow = {
      id: event.id,
      occurred: event.occurred,
      received: event.received,
      event: event.event,
      resource_id: event.resource["prefect.resource.id"] ?? "",
      resource: event.isResourceTold === true ? TOLD_BY_PAYLOAD : resource,
      related_set_id: event.related.length === 0 ? null : setIdOf(related, event.related, known, newSets),
      payload: event.payload,
      follows: event.follows,
    };
    rows.push(row);
    stored.push({ ...row, resource, related });
  }
  if (newSets.size > 0) await insertSets(tx, newSets, known);
  await tx.insert("event", rows, "ignore");
  tx.notify("events", stored);
}

function setIdOf(related: JsonText, resources: readonly EventResource[], known: SetIds, newSets: NewSets): string {
  const knownId = known.get(related) ?? newSets.get(related)?.id;
  if (knownId !== undefined) return knownId;
  const id = createHash("sha256").update(related).digest("base64url").slice(0, 22);
  newSets.set(related, { id, resources });
  return id;
}

async function insertSets(tx: Transaction, sets: NewSets, known: SetIds): Promise<void> {
  const resources: EventRelatedResourceRow[] = [];
  for (const { id, resources: members } of sets.values()) {
    for (const [position, member] of members.entries()) {
      resources.push({
        related_set_id: id,
        position,
        resource_id: member["prefect.resource.id"] ?? "",
        role: member["prefect.resource.role"] ?? "",
        resource: JSON.stringify(member),
      });
    }
  }
  await tx.insert(
    "event_related_set",
    [...sets].map(([json, { id }]) => ({ id, resources: json })),
    "ignore",
  );
  await tx.insert("event_related_resource", resources, "ignore");
  tx.afterCommit(() => {
    if (known.size > KNOWN_SETS) known.clear();
    for (const [json, { id }] of sets) known.set(json, id);
  });
}
