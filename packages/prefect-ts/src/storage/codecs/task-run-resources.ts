import type { EventResource } from "../../domain/events.ts";
import { formatInstant, type Instant } from "../../domain/instant.ts";
import type { EventRow, JsonText } from "../tables.ts";

/**
 * A task run reports each of its states with a payload that says everything and with labels that say most of it again.
 * Labels that the payload tells are not stored a second time: such a row's `resource` is empty, and reading derives it.
 */

type Payload = Readonly<Record<string, unknown>>;

export const TOLD_BY_PAYLOAD: JsonText = "";

/** Whether reading the payload gives these very labels, in this order. */
export function isToldByPayload(resource: EventResource, occurred: Instant, payload: Payload): boolean {
  if (resource["prefect.orchestration"] !== "client") return false;
  const derived = labelsFrom(resource["prefect.resource.id"] ?? "", occurred, payload);
  if (derived === undefined) return false;
  const names = Object.keys(resource);
  let index = 0;
  for (const name in derived) {
    if (names[index] !== name || resource[name] !== derived[name]) return false;
    index += 1;
  }
  return index === names.length;
}

/** The row's labels, stored or derived. */
export function resourceOf(row: Pick<EventRow, "resource" | "resource_id" | "occurred" | "payload">): JsonText {
  if (row.resource !== TOLD_BY_PAYLOAD) return row.resource;
  return JSON.stringify(labelsFrom(row.resource_id, row.occurred, JSON.parse(row.payload) as Payload) ?? {});
}

function labelsFrom(id: string, occurred: Instant, payload: Payload): Record<string, string> | undefined {
  const run = payload["task_run"] as Payload | undefined;
  const state = payload["validated_state"] as Payload | undefined;
  if (typeof run !== "object" || run === null || typeof state !== "object" || state === null) return undefined;
  return {
    "prefect.resource.id": id,
    "prefect.resource.name": String(run["name"]),
    "prefect.run-count": String(run["run_count"]),
    "prefect.state-message": String(state["message"]),
    "prefect.state-name": String(state["name"]),
    "prefect.state-timestamp": formatInstant(occurred),
    "prefect.state-type": String(state["type"]),
    "prefect.orchestration": "client",
  };
}
