import { createRequire } from "node:module";

/** What we use of `node:sqlite`; `@photostructure/sqlite` has the same form. */
export interface SqliteStatement {
  all(...parameters: unknown[]): unknown[];
  get(...parameters: unknown[]): unknown;
  run(...parameters: unknown[]): { changes: number | bigint };
}

export interface SqliteConnection {
  exec(text: string): void;
  prepare(text: string): SqliteStatement;
  close(): void;
}

interface SqliteBinding {
  DatabaseSync: new (path: string, options?: { readOnly?: boolean }) => SqliteConnection;
}

/** The runtime's own SQLite where there is one (Node 22.13), else the package with prebuilt binaries. */
export function openSqlite(path: string, options: { readOnly?: boolean } = {}): SqliteConnection {
  const { DatabaseSync } = loadBinding();
  return new DatabaseSync(path, options);
}

/** What to require for `DatabaseSync`, from wherever: the name of a built-in module or the path of a file. */
export function sqliteModule(): string {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const isBuiltIn = major > 22 || (major === 22 && minor >= 13);
  return isBuiltIn ? "node:sqlite" : createRequire(import.meta.url).resolve("@photostructure/sqlite");
}

function loadBinding(): SqliteBinding {
  const require = createRequire(import.meta.url);
  return withoutExperimentalWarning(() => require(sqliteModule()));
}

/** Node 22 and 24 announce their SQLite as experimental on stderr, once per process: noise in a user's terminal. */
function withoutExperimentalWarning(load: () => SqliteBinding): SqliteBinding {
  const emitWarning = process.emitWarning;
  process.emitWarning = () => {};
  try {
    return load();
  } finally {
    process.emitWarning = emitWarning;
  }
}
