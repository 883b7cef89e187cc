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

function loadBinding(): SqliteBinding {
  const require = createRequire(import.meta.url);
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 22 || (major === 22 && minor >= 13)) return withoutExperimentalWarning(() => require("node:sqlite"));
  return require("@photostructure/sqlite") as SqliteBinding;
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
