import type { ArtifactCollectionFilter, ArtifactFilter, ArtifactSort } from "../../domain/artifacts.ts";
import type { ObjectFilters } from "../../domain/filters.ts";
import type { DialectName, Queryable, Statement, Transaction } from "../database.ts";
import { artifactCondition } from "../filters/artifacts.ts";
import { type Joins, narrowed } from "../filters/narrowing.ts";
import { all, fragment, sql } from "../sql.ts";
import type { ArtifactCollectionRow, ArtifactRow } from "../tables.ts";

/** Artifacts, and the collections that know the newest one of each key, are asked for in the same words. */
type ArtifactTable = "artifact" | "artifact_collection";

function joinsOf(table: ArtifactTable): Joins {
  const ownRun = `flow_run.id = ${table}.flow_run_id`;
  return {
    flow_runs: `flow_run WHERE ${ownRun}`,
    task_runs: `task_run WHERE task_run.id = ${table}.task_run_id`,
    flows: `flow JOIN flow_run ON flow_run.flow_id = flow.id WHERE ${ownRun}`,
    deployments: `deployment JOIN flow_run ON flow_run.deployment_id = deployment.id WHERE ${ownRun}`,
  };
}
const joins = { artifact: joinsOf("artifact"), artifact_collection: joinsOf("artifact_collection") };

const orders: Readonly<Record<ArtifactSort, string>> = {
  CREATED_DESC: "created DESC, id DESC",
  UPDATED_DESC: "updated DESC, id DESC",
  ID_DESC: "id DESC",
  KEY_DESC: "key DESC, id DESC",
  KEY_ASC: "key ASC, id ASC",
};

export interface ArtifactFilters<Own = ArtifactFilter | ArtifactCollectionFilter>
  extends Pick<ObjectFilters, "flows" | "flow_runs" | "task_runs" | "deployments"> {
  artifacts?: Own | null | undefined;
}

export interface ArtifactPage<Own> {
  readonly filters: ArtifactFilters<Own>;
  readonly sort: ArtifactSort;
  readonly limit: number;
  readonly offset: number;
}

export function listArtifacts(db: Queryable, page: ArtifactPage<ArtifactFilter>): Promise<ArtifactRow[]> {
  return db.all(pageStatement(db.dialect, "artifact", page));
}

export function listArtifactCollections(
  db: Queryable,
  page: ArtifactPage<ArtifactCollectionFilter>,
): Promise<ArtifactCollectionRow[]> {
  return db.all(pageStatement(db.dialect, "artifact_collection", page));
}

function pageStatement(
  dialect: DialectName,
  table: ArtifactTable,
  page: ArtifactPage<ArtifactFilter | ArtifactCollectionFilter>,
): Statement {
  return sql`
    SELECT * FROM ${fragment(table)} WHERE ${conditionOf(dialect, table, page.filters)}
    ORDER BY ${fragment(orders[page.sort])} LIMIT ${page.limit} OFFSET ${page.offset}`;
}

export async function countArtifacts(db: Queryable, table: ArtifactTable, filters: ArtifactFilters): Promise<number> {
  const row = await db.get<{ count: number }>(
    sql`SELECT COUNT(*) AS count FROM ${fragment(table)} WHERE ${conditionOf(db.dialect, table, filters)}`,
  );
  return row?.count ?? 0;
}

function conditionOf(dialect: DialectName, table: ArtifactTable, filters: ArtifactFilters): Statement {
  const { artifacts, ...others } = filters;
  const own = artifacts == null ? [] : [artifactCondition(dialect, table, artifacts)];
  return all([...own, narrowed(dialect, undefined, joins[table], others)]);
}

export function findArtifact(db: Queryable, id: string): Promise<ArtifactRow | undefined> {
  return db.get(sql`SELECT * FROM artifact WHERE id = ${id}`);
}

export function findNewestArtifact(db: Queryable, key: string): Promise<ArtifactRow | undefined> {
  return db.get(sql`SELECT * FROM artifact WHERE key = ${key} ORDER BY created DESC, id DESC LIMIT 1`);
}

export async function insertArtifact(tx: Transaction, row: ArtifactRow): Promise<void> {
  await tx.insert("artifact", [row]);
}

export type ArtifactChanges = Partial<Pick<ArtifactRow, "data" | "description" | "metadata_" | "updated">>;

export async function updateArtifact(tx: Transaction, id: string, changes: ArtifactChanges): Promise<boolean> {
  return (await tx.run(updateStatement("artifact", "id", id, changes))) === 1;
}

export async function deleteArtifact(tx: Transaction, id: string): Promise<void> {
  await tx.run(sql`DELETE FROM artifact WHERE id = ${id}`);
}

/** Locks the row, so that two artifacts of one key become the newest one after the other. */
export function findArtifactCollectionForUpdate(
  tx: Transaction,
  key: string,
): Promise<ArtifactCollectionRow | undefined> {
  const lock = fragment(tx.dialect === "postgres" ? "FOR UPDATE" : "");
  return tx.get(sql`SELECT * FROM artifact_collection WHERE key = ${key} ${lock}`);
}

export function findArtifactCollection(db: Queryable, key: string): Promise<ArtifactCollectionRow | undefined> {
  return db.get(sql`SELECT * FROM artifact_collection WHERE key = ${key}`);
}

/** Answers false when there is a collection of that key. */
export async function insertArtifactCollection(tx: Transaction, row: ArtifactCollectionRow): Promise<boolean> {
  return (await tx.insert("artifact_collection", [row], "ignore")) === 1;
}

export async function updateArtifactCollection(
  tx: Transaction,
  key: string,
  changes: Partial<Omit<ArtifactCollectionRow, "id" | "key">>,
): Promise<void> {
  await tx.run(updateStatement("artifact_collection", "key", key, changes));
}

export async function deleteArtifactCollection(tx: Transaction, key: string): Promise<void> {
  await tx.run(sql`DELETE FROM artifact_collection WHERE key = ${key}`);
}

function updateStatement(table: ArtifactTable, keyColumn: string, key: string, changes: object): Statement {
  const columns = Object.entries(changes).filter(([, value]) => value !== undefined);
  const assignments = columns.map(([column]) => `"${column}" = ?`).join(", ");
  return {
    sql: `UPDATE ${table} SET ${assignments} WHERE "${keyColumn}" = ?`,
    parameters: [...columns.map(([, value]) => value), key],
  };
}
