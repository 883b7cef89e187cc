import { newId } from "../../domain/ids.ts";
import type { Instant } from "../../domain/instant.ts";
import type { Transaction } from "../database.ts";
import type { ArtifactRow, JsonText } from "../tables.ts";

export interface ResultOwner {
  readonly flow_run_id: string | null;
  readonly task_run_id: string | null;
}

interface StoredResult {
  readonly artifactId: string;
  /** The data without what it said about its artifact. */
  readonly data: JsonText;
}

/**
 * State data that is stored is an artifact too. Clients of Prefect 2 say in the data what the artifact is called; a key
 * makes it the latest of its collection.
 */
export async function insertResultArtifact(
  tx: Transaction,
  data: JsonText,
  owner: ResultOwner,
  now: Instant,
): Promise<StoredResult> {
  const { text, key, type, description } = describedBy(data);
  const artifact: ArtifactRow = {
    id: newId(),
    created: now,
    updated: now,
    key,
    type,
    description,
    data: text,
    metadata_: null,
    flow_run_id: owner.flow_run_id,
    task_run_id: owner.task_run_id,
  };
  await tx.insert("artifact", [artifact]);
  if (key !== null) {
    await tx.insert("artifact_collection", [{ ...artifact, id: newId(), key, latest_id: artifact.id }], {
      key: ["key"],
      update: ["updated", "latest_id", "type", "description", "data", "metadata_", "flow_run_id", "task_run_id"],
    });
  }
  return { artifactId: artifact.id, data: text };
}

interface ArtifactDescription {
  readonly text: JsonText;
  readonly key: string | null;
  readonly type: string | null;
  readonly description: string | null;
}

function describedBy(data: JsonText): ArtifactDescription {
  const nothing = { text: data, key: null, type: null, description: null };
  if (!data.startsWith("{") || !data.includes('"artifact_')) return nothing;
  const { artifact_key, artifact_type, artifact_description, ...rest } = JSON.parse(data) as Record<string, unknown>;
  if (artifact_key === undefined && artifact_type === undefined && artifact_description === undefined) return nothing;
  const text = JSON.stringify(rest);
  return { text, key: textOf(artifact_key), type: textOf(artifact_type), description: textOf(artifact_description) };
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
