import type { Artifact, ArtifactCollection } from "../../domain/artifacts.ts";
import type { ArtifactCollectionRow, ArtifactRow } from "../tables.ts";
import { nullableJson, time } from "./columns.ts";

/** An artifact, or the collection of a key in an artifact's shape. */
export function toArtifact(row: ArtifactRow | ArtifactCollectionRow): Artifact {
  return {
    id: row.id,
    created: time(row.created),
    updated: time(row.updated),
    key: row.key,
    type: row.type,
    description: row.description,
    data: nullableJson(row.data),
    metadata_: nullableJson(row.metadata_),
    flow_run_id: row.flow_run_id,
    task_run_id: row.task_run_id,
  };
}

export function toArtifactCollection(row: ArtifactCollectionRow): ArtifactCollection {
  return { ...toArtifact(row), key: row.key, latest_id: row.latest_id };
}
