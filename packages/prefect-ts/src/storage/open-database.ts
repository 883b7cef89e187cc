import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { ConfigurationError } from "../domain/errors.ts";
import type { Database } from "./database.ts";
import { migrate } from "./migrate.ts";

export interface DatabaseOptions {
  /**
   * A path, `:memory:`, `sqlite:///path`, `postgresql://…`, or Prefect's spellings of them
   * (`sqlite+aiosqlite:///…`, `postgresql+asyncpg://…`).
   */
  readonly url: string;
  /** Only SQLite. `full` waits for the disk at each commit. Default `normal`. */
  readonly synchronous?: "normal" | "full";
}

/** Opens the database, creating and migrating it when needed. Refuses one that belongs to Prefect itself. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { dialect, location } = readDatabaseUrl(options.url);
  if (dialect === "postgres") {
    const { openPostgresDatabase } = await import("./dialects/postgres.ts");
    return migrated(openPostgresDatabase(location), options.url);
  }
  const { openSqliteDatabase } = await import("./dialects/sqlite.ts");
  const { synchronous } = options;
  try {
    if (location !== ":memory:") mkdirSync(dirname(location), { recursive: true });
    return await migrated(openSqliteDatabase(location, synchronous === undefined ? {} : { synchronous }), options.url);
  } catch (error) {
    throw unusableFile(location, error);
  }
}

/** A folder that cannot be made or written, a file that is no database: the user's to mend, so it says which. */
function unusableFile(path: string, error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const code = "code" in error ? String(error.code) : "";
  const isUnusable = /^(EACCES|EEXIST|ENOENT|ENOTDIR|EPERM|EROFS|ENOSPC)$/.test(code);
  if (!isUnusable && !/not a database|unable to open|readonly database|malformed/.test(error.message)) return error;
  return new ConfigurationError(
    `The database ${path} cannot be used: ${error.message}. ` +
      "Check the file and its folder, or name others in PREFECT_HOME or PREFECT_SERVER_DATABASE_CONNECTION_URL.",
    { cause: error },
  );
}

async function migrated(db: Database, url: string): Promise<Database> {
  try {
    await migrate(db, url);
    return db;
  } catch (error) {
    await db.close();
    throw error;
  }
}

export function readDatabaseUrl(url: string): { dialect: "sqlite" | "postgres"; location: string } {
  if (/^postgres(ql)?(\+\w+)?:\/\//.test(url)) {
    return { dialect: "postgres", location: url.replace(/^postgres(ql)?(\+\w+)?:/, "postgresql:") };
  }
  const sqlite = /^sqlite(?:\+\w+)?:\/\/(.*)$/.exec(url);
  if (sqlite !== null) {
    const [, rest = ""] = sqlite;
    const path = rest.replace(/\?.*$/, "");
    if (path === "" || path.includes(":memory:")) return { dialect: "sqlite", location: ":memory:" };
    return { dialect: "sqlite", location: path.replace(/^\//, "") };
  }
  if (/^\w[\w+]*:\/\//.test(url)) {
    throw new ConfigurationError(
      `PREFECT_SERVER_DATABASE_CONNECTION_URL has an unknown scheme: ${url.replace(/:\/\/.*/, "://…")}. ` +
        "Use sqlite+aiosqlite:///path or postgresql+asyncpg://user:password@host/database.",
    );
  }
  return { dialect: "sqlite", location: url };
}
