import { ConfigurationError } from "../domain/errors.ts";
import type { Database, Queryable, Transaction } from "./database.ts";
import { sql } from "./sql.ts";

/** The number of the newest migration this release knows; start-up compares it before it loads any of them. */
export const SCHEMA_VERSION = 1;

/** Any number that nobody else locks; taken while migrating so that replicas that start together wait for one. */
const POSTGRES_LOCK = 7_233_001;

/** Brings the schema to `SCHEMA_VERSION`. Forward only; a newer schema or Prefect's own database is refused untouched. */
export async function migrate(db: Database, url: string): Promise<void> {
  const version = await readSchemaVersion(db);
  if (version === SCHEMA_VERSION) return;
  if (version > SCHEMA_VERSION) throw newerSchema(version, url);
  await refusePrefectsOwn(db, url);
  const { migrations } = await import("./migrations/migrations.ts");
  await db.write(async (tx) => {
    await lock(tx);
    for (const { number, up } of migrations) {
      if (number <= (await readSchemaVersion(tx))) continue;
      for (const statement of up(tx.dialect)) await tx.run({ sql: statement, parameters: [] });
      await tx.run({ sql: `UPDATE schema_version SET version = ${number}`, parameters: [] });
    }
  });
}

async function lock(tx: Transaction): Promise<void> {
  if (tx.dialect === "postgres") {
    await tx.run({ sql: `SELECT pg_advisory_xact_lock(${POSTGRES_LOCK})`, parameters: [] });
    await tx.run({ sql: "CREATE SCHEMA IF NOT EXISTS prefect_ts", parameters: [] });
  }
  await tx.run({ sql: "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)", parameters: [] });
  const row = await tx.get(sql`SELECT version FROM schema_version`);
  if (row === undefined) await tx.run(sql`INSERT INTO schema_version (version) VALUES (0)`);
}

/** 0 when there is no schema yet. */
export async function readSchemaVersion(db: Queryable): Promise<number> {
  if (!(await hasTable(db, "schema_version", "prefect_ts"))) return 0;
  const row = await db.get<{ version: number }>(sql`SELECT version FROM schema_version`);
  return row?.version ?? 0;
}

async function hasTable(db: Queryable, table: string, schema: string): Promise<boolean> {
  const row =
    db.dialect === "postgres"
      ? await db.get<{ name: string | null }>(sql`SELECT to_regclass(${`${schema}.${table}`})::text AS name`)
      : await db.get<{ name: string | null }>(
          sql`SELECT name FROM sqlite_master WHERE type = 'table' AND name = ${table}`,
        );
  return row?.name != null;
}

async function refusePrefectsOwn(db: Queryable, url: string): Promise<void> {
  if (!(await hasTable(db, "alembic_version", "public"))) return;
  throw new ConfigurationError(
    `The database at ${withoutPassword(url)} belongs to Prefect's own server (it has a table alembic_version) and was left untouched. ` +
      "Give prefect-ts a database of its own in PREFECT_SERVER_DATABASE_CONNECTION_URL.",
  );
}

function newerSchema(version: number, url: string): ConfigurationError {
  return new ConfigurationError(
    `The database at ${withoutPassword(url)} has schema version ${version}, this release knows ${SCHEMA_VERSION}. ` +
      "Upgrade prefect-ts, or use another database.",
  );
}

function withoutPassword(url: string): string {
  return url.replace(/(:\/\/[^:@/]*):[^@/]*@/, "$1:****@");
}
