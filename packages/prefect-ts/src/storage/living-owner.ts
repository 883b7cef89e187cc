import { existsSync } from "node:fs";
import { addMs } from "../domain/instant.ts";
import { systemClock } from "../platform/clock.ts";
import { openSqlite } from "./dialects/sqlite-binding.ts";
import { readSchemaVersion, SCHEMA_VERSION } from "./migrate.ts";
import { readDatabaseUrl } from "./open-database.ts";
import { listServerOwners } from "./queries/server-owners.ts";
import type { ServerOwnerRow } from "./tables.ts";

/** A server that has not shown life for this long is gone: three missed heartbeats. */
export const OWNER_SILENCE_MS = 15_000;
const HEALTH_TIMEOUT_MS = 1000;

/**
 * The server that lives on this database, if any: its heartbeat is fresh, it knows the same schema, and it answers.
 * `url` is its API's, as PREFECT_API_URL has it (with `/api`). The database is only read: one that does not exist is not created, an old one is not migrated.
 */
export async function findLivingOwner(databaseUrl: string): Promise<{ url: string } | undefined> {
  for (const owner of await readOwners(databaseUrl)) {
    if (owner.schema_version === SCHEMA_VERSION && (await isHealthy(owner.url))) return { url: owner.url };
  }
  return undefined;
}

async function readOwners(databaseUrl: string): Promise<ServerOwnerRow[]> {
  const { dialect, location } = readDatabaseUrl(databaseUrl);
  return dialect === "sqlite" ? readSqliteOwners(location) : readPostgresOwners(location);
}

function readSqliteOwners(path: string): ServerOwnerRow[] {
  if (path === ":memory:" || !existsSync(path)) return [];
  const connection = openSqlite(path, { readOnly: true });
  try {
    const table = "SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'server_owner'";
    if (connection.prepare(table).get() === undefined) return [];
    const aliveSince = addMs(systemClock.now(), -OWNER_SILENCE_MS);
    const owners = "SELECT * FROM server_owner WHERE heartbeat >= ? ORDER BY heartbeat DESC";
    return connection.prepare(owners).all(aliveSince) as ServerOwnerRow[];
  } finally {
    connection.close();
  }
}

async function readPostgresOwners(url: string): Promise<ServerOwnerRow[]> {
  const { openPostgresDatabase } = await import("./dialects/postgres.ts");
  const db = openPostgresDatabase(url);
  try {
    if ((await readSchemaVersion(db)) !== SCHEMA_VERSION) return [];
    return await listServerOwners(db, addMs(systemClock.now(), -OWNER_SILENCE_MS));
  } finally {
    await db.close();
  }
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/health`, { signal: AbortSignal.timeout(HEALTH_TIMEOUT_MS) });
    return response.ok && (await response.json()) === true;
  } catch {
    return false;
  }
}
