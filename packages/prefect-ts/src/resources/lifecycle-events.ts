import type { EventResource } from "../domain/events.ts";
import { newId } from "../domain/ids.ts";
import type { Instant } from "../domain/instant.ts";
import type { Transaction } from "../storage/database.ts";
import { appendEvents } from "../storage/queries/events.ts";
import type { JsonText } from "../storage/tables.ts";

/** `prefect.<kind>.<action>`: something came into being, changed, or went. */
export interface LifecycleEvent {
  readonly kind: string;
  readonly action: "created" | "updated" | "deleted";
  readonly id: string;
  readonly name: string;
  readonly payload: JsonText;
  readonly related?: readonly EventResource[];
  readonly now: Instant;
}

export async function appendLifecycleEvent(tx: Transaction, event: LifecycleEvent): Promise<void> {
  const { kind, action, id, name, payload, related = [], now } = event;
  await appendEvents(tx, [
    {
      id: newId(),
      occurred: now,
      received: now,
      event: `prefect.${kind}.${action}`,
      resource: { "prefect.resource.id": `prefect.${kind}.${id}`, "prefect.resource.name": name },
      related,
      payload,
      follows: null,
    },
  ]);
}
