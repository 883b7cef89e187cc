import type { EventResource } from "../domain/events.ts";
import { newId } from "../domain/ids.ts";
import type { Instant } from "../domain/instant.ts";
import type { Transaction } from "../storage/database.ts";
import * as queries from "../storage/queries/artifacts.ts";
import type { ArtifactCollectionRow, ArtifactRow } from "../storage/tables.ts";
import { appendLifecycleEvent, type LifecycleEvent } from "./lifecycle-events.ts";

/** What a collection has of its newest artifact. */
const COPIED = ["type", "description", "data", "metadata_", "flow_run_id", "task_run_id"] as const;

/**
 * The collection of a key follows its newest artifact. What the artifact was not given stays as an older one left it:
 * `given` has the keys that its creator named.
 */
export async function updateCollectionAfterInsert(
  tx: Transaction,
  artifact: ArtifactRow,
  given: readonly string[],
  now: Instant,
): Promise<void> {
  const { id, created, updated, key, ...content } = artifact;
  if (key === null) return;
  const first: ArtifactCollectionRow = { id: newId(), created, updated, key, latest_id: id, ...content };
  if (await queries.insertArtifactCollection(tx, first)) return announce(tx, "created", first, now);
  const copied = COPIED.filter((column) => given.includes(column)).map((column) => [column, artifact[column]]);
  await queries.updateArtifactCollection(tx, key, { latest_id: id, updated: now, ...Object.fromEntries(copied) });
  const row = await queries.findArtifactCollection(tx, key);
  if (row !== undefined) await announce(tx, "updated", row, now);
}

/** The newest artifact of a key is gone: the one before takes its place, or the collection goes too. */
export async function updateCollectionAfterDelete(tx: Transaction, key: string, now: Instant): Promise<void> {
  const collection = await queries.findArtifactCollection(tx, key);
  if (collection === undefined) return;
  const next = await queries.findNewestArtifact(tx, key);
  if (next === undefined) {
    await queries.deleteArtifactCollection(tx, key);
    return announce(tx, "deleted", collection, now);
  }
  const { id, key: _, ...content } = next;
  await queries.updateArtifactCollection(tx, key, { ...content, latest_id: id });
  await announce(tx, "updated", { ...collection, ...content, latest_id: id }, now);
}

function announce(tx: Transaction, action: LifecycleEvent["action"], row: ArtifactCollectionRow, now: Instant) {
  const { id, key, type, description, data, latest_id, flow_run_id, task_run_id } = row;
  const related: EventResource[] = [resource("artifact", latest_id, "latest")];
  if (flow_run_id !== null) related.push(resource("flow-run", flow_run_id, "flow-run"));
  if (task_run_id !== null) related.push(resource("task-run", task_run_id, "task-run"));
  const texts = { key: JSON.stringify(key), type: JSON.stringify(type), description: JSON.stringify(description) };
  const payload = `{"key":${texts.key},"type":${texts.type},"data":${data ?? "null"},"description":${texts.description}}`;
  return appendLifecycleEvent(tx, { kind: "artifact-collection", action, id, name: key, payload, related, now });
}

function resource(kind: string, id: string, role: string): EventResource {
  return { "prefect.resource.id": `prefect.${kind}.${id}`, "prefect.resource.role": role };
}
