import type {
  Artifact,
  ArtifactCollection,
  ArtifactCollectionFilter,
  ArtifactCreate,
  ArtifactFilter,
  ArtifactSort,
  ArtifactUpdate,
} from "../domain/artifacts.ts";
import { NotFoundError } from "../domain/errors.ts";
import { newId } from "../domain/ids.ts";
import type { Instant } from "../domain/instant.ts";
import { jsonText, memberText } from "../domain/json.ts";
import { toArtifact, toArtifactCollection } from "../storage/codecs/artifacts.ts";
import type { Database, Queryable, Transaction } from "../storage/database.ts";
import * as queries from "../storage/queries/artifacts.ts";
import type { ArtifactRow } from "../storage/tables.ts";
import { updateCollectionAfterDelete, updateCollectionAfterInsert } from "./artifact-collections.ts";
import { pageSize } from "./pages.ts";

/** Stores an artifact; one with a key becomes the newest of its key. */
export function createArtifact(db: Database, artifact: ArtifactCreate, now: Instant): Promise<Artifact> {
  return db.write(async (tx) => {
    const row: ArtifactRow = {
      id: newId(),
      created: now,
      updated: now,
      key: artifact.key ?? null,
      type: artifact.type ?? null,
      flow_run_id: artifact.flow_run_id ?? null,
      task_run_id: artifact.task_run_id ?? null,
      description: null,
      data: null,
      metadata_: null,
      ...contentOf(artifact),
    };
    await queries.insertArtifact(tx, row);
    await updateCollectionAfterInsert(tx, row, Object.keys(artifact), now);
    return toArtifact(row);
  });
}

/** The columns of the keys that were given; a key that is absent is left alone. */
function contentOf(content: ArtifactUpdate): Partial<Pick<ArtifactRow, "data" | "description" | "metadata_">> {
  const { data, description, metadata_ } = content;
  return {
    ...(data === undefined ? {} : { data: data === null ? null : memberText(content, "data") }),
    ...(description === undefined ? {} : { description }),
    ...(metadata_ === undefined ? {} : { metadata_: metadata_ === null ? null : jsonText(metadata_) }),
  };
}

export async function getArtifact(db: Queryable, id: string): Promise<Artifact> {
  const row = await queries.findArtifact(db, id);
  if (row === undefined) throw new NotFoundError("Artifact", id);
  return toArtifact(row);
}

export async function getLatestArtifact(db: Queryable, key: string): Promise<Artifact> {
  const row = await queries.findArtifactCollection(db, key);
  if (row === undefined) throw new NotFoundError("Artifact", key);
  return toArtifact(row);
}

/** Changes the content, in the collection too while it is the newest of its key. */
export async function updateArtifact(db: Database, id: string, update: ArtifactUpdate, now: Instant): Promise<void> {
  await db.write(async (tx) => {
    const row = await queries.findArtifact(tx, id);
    if (row === undefined) throw new NotFoundError("Artifact", id);
    const changes = { ...contentOf(update), updated: now };
    await queries.updateArtifact(tx, id, changes);
    if (await isLatest(tx, row)) await queries.updateArtifactCollection(tx, row.key ?? "", changes);
  });
}

export async function deleteArtifact(db: Database, id: string, now: Instant): Promise<void> {
  await db.write(async (tx) => {
    const row = await queries.findArtifact(tx, id);
    if (row === undefined) throw new NotFoundError("Artifact", id);
    const wasLatest = await isLatest(tx, row);
    await queries.deleteArtifact(tx, id);
    if (wasLatest) await updateCollectionAfterDelete(tx, row.key ?? "", now);
  });
}

async function isLatest(tx: Transaction, row: ArtifactRow): Promise<boolean> {
  if (row.key === null) return false;
  return (await queries.findArtifactCollectionForUpdate(tx, row.key))?.latest_id === row.id;
}

type ListRequest<Own> = queries.ArtifactFilters<Own> & {
  sort: ArtifactSort;
  limit?: number | null | undefined;
  offset: number;
};

export async function listArtifacts(db: Queryable, request: ListRequest<ArtifactFilter>): Promise<Artifact[]> {
  const { sort, offset, limit, ...filters } = request;
  const rows = await queries.listArtifacts(db, { filters, sort, offset, limit: pageSize(limit) });
  return rows.map(toArtifact);
}

export async function listLatestArtifacts(
  db: Queryable,
  request: ListRequest<ArtifactCollectionFilter>,
): Promise<ArtifactCollection[]> {
  const { sort, offset, limit, ...filters } = request;
  const rows = await queries.listArtifactCollections(db, { filters, sort, offset, limit: pageSize(limit) });
  return rows.map(toArtifactCollection);
}
