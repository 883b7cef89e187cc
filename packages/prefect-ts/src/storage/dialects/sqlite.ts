import { setTimeout as delay } from "node:timers/promises";
import { UnavailableError } from "../../domain/errors.ts";
import type { Database, OnConflict, Queryable, Statement, TableName, Transaction } from "../database.ts";
import type { Tables } from "../tables.ts";
import { ChannelHub, CommitHooks } from "./channels.ts";
import { createCheckpointer } from "./checkpointer.ts";
import { columnList, conflictText } from "./insert-text.ts";
import { openSqlite, type SqliteConnection, type SqliteStatement } from "./sqlite-binding.ts";
import { translateSqliteError } from "./sqlite-errors.ts";

/** How long one attempt blocks the thread while another process writes; then the attempt is made again. */
const BUSY_TIMEOUT_MS = 50;
const BUSY_RETRY_DELAY_MS = 10;
/** Another process that holds the write lock for longer than this is not sharing the file. */
const BUSY_LIMIT_MS = 60_000;
/**
 * Pages in the write-ahead log at which a commit moves them itself. The checkpointer does it long before; this bounds
 * the log when it cannot.
 */
const AUTOCHECKPOINT_PAGES = 50_000;
/** Of each connection. What is read often lies in the operating system's cache too. */
const CACHE_KIB = 8000;
/** A shared commit takes at most this many writes, so that the first one waits only so long. */
const LARGEST_GROUP = 256;
const STATEMENT_CACHE_SIZE = 500;

export interface SqliteOptions {
  /** `full` waits for the disk at each commit and survives a power cut; `normal` survives a killed process. */
  readonly synchronous?: "normal" | "full";
}

/**
 * SQLite with one writer and one reader connection in this thread.
 *
 * Writes that arrive together share a transaction (group commit); each runs in its own savepoint, so one that fails
 * takes none of the others with it. Reads go through a connection of their own and see committed rows only.
 */
export function openSqliteDatabase(path: string, options: SqliteOptions = {}): Database {
  const writer = openConnection(path, options);
  const isInMemory = path === ":memory:";
  const reader = isInMemory ? writer : openConnection(path, options);
  const hub = new ChannelHub();
  const checkpointer = isInMemory ? undefined : createCheckpointer(path);
  const writes = new WriteQueue(writer, hub, () => checkpointer?.noteCommit());

  return {
    ...queryable(reader, hub),
    write: (work) => writes.add(work),
    listen: (channel, listener) => hub.listen(channel, listener),
    async close() {
      await writes.idle();
      await checkpointer?.close();
      if (reader !== writer) reader.connection.close();
      writer.connection.close();
    },
  };
}

interface PreparedConnection {
  readonly connection: SqliteConnection;
  prepare(text: string): SqliteStatement;
}

function openConnection(path: string, options: SqliteOptions): PreparedConnection {
  const connection = openSqlite(path);
  connection.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
  // Of a new file. An event has about 1.5 kB, and pages of 4 kB would stay empty by a fifth.
  connection.exec("PRAGMA page_size = 8192");
  connection.exec("PRAGMA journal_mode = WAL");
  connection.exec(`PRAGMA synchronous = ${options.synchronous ?? "normal"}`);
  connection.exec(`PRAGMA wal_autocheckpoint = ${AUTOCHECKPOINT_PAGES}`);
  connection.exec("PRAGMA foreign_keys = ON");
  connection.exec("PRAGMA temp_store = MEMORY");
  connection.exec(`PRAGMA cache_size = -${CACHE_KIB}`);
  const statements = new Map<string, SqliteStatement>();
  return {
    connection,
    prepare(text) {
      const known = statements.get(text);
      if (known !== undefined) return known;
      if (statements.size >= STATEMENT_CACHE_SIZE) statements.clear();
      const statement = connection.prepare(text);
      statements.set(text, statement);
      return statement;
    },
  };
}

function queryable(connection: PreparedConnection, identity: object): Queryable {
  // Async functions on purpose: a failing statement rejects, as it does on PostgreSQL.
  return {
    dialect: "sqlite",
    identity,
    async all<Row>({ sql, parameters }: Statement): Promise<Row[]> {
      return guarded(() => connection.prepare(sql).all(...bindable(parameters)) as Row[]);
    },
    async get<Row>({ sql, parameters }: Statement): Promise<Row | undefined> {
      return guarded(() => connection.prepare(sql).get(...bindable(parameters)) as Row | undefined);
    },
    async run({ sql, parameters }: Statement): Promise<number> {
      return guarded(() => Number(connection.prepare(sql).run(...bindable(parameters)).changes));
    },
    async insert<Name extends TableName>(table: Name, rows: readonly Tables[Name][], onConflict: OnConflict = "fail") {
      const [first] = rows;
      if (first === undefined) return 0;
      const columns = Object.keys(first) as (keyof typeof first)[];
      const statement = connection.prepare(insertText(table, columns.map(String), onConflict));
      return guarded(() => {
        // A hot loop: one array for all rows, and rows have no booleans to translate.
        const values: unknown[] = new Array(columns.length);
        let inserted = 0;
        for (const row of rows) {
          for (const [index, column] of columns.entries()) values[index] = row[column] ?? null;
          inserted += Number(statement.run(...values).changes);
        }
        return inserted;
      });
    },
  };
}

function insertText(table: string, columns: readonly string[], onConflict: OnConflict): string {
  const places = columns.map(() => "?").join(", ");
  return `INSERT INTO ${table} (${columnList(columns)}) VALUES (${places})${conflictText(table, onConflict)}`;
}

function bindable(parameters: readonly unknown[]): unknown[] {
  return parameters.map((value) => {
    if (value === undefined) return null;
    return typeof value === "boolean" ? Number(value) : value;
  });
}

function guarded<Result>(act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    throw translateSqliteError(error);
  }
}

interface PendingWrite {
  readonly run: () => Promise<void>;
  readonly settle: (commitError?: unknown) => void;
}

class WriteQueue {
  readonly #connection: PreparedConnection;
  readonly #queryable: Queryable;
  readonly #hub: ChannelHub;
  #pending: PendingWrite[] = [];
  #draining: Promise<void> | undefined;

  readonly #onCommit: () => void;

  constructor(connection: PreparedConnection, hub: ChannelHub, onCommit: () => void) {
    this.#onCommit = onCommit;
    this.#connection = connection;
    this.#queryable = queryable(connection, hub);
    this.#hub = hub;
  }

  add<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      const hooks = new CommitHooks(this.#hub);
      let outcome: { result: Result } | { error: unknown };
      this.#pending.push({
        run: async () => {
          try {
            outcome = { result: await work({ ...this.#queryable, isTransaction: true, ...hooks.methods() }) };
          } catch (error) {
            outcome = { error };
            throw error;
          }
        },
        settle: (commitError) => {
          if (commitError !== undefined) return reject(commitError);
          if ("error" in outcome) return reject(outcome.error);
          hooks.run();
          resolve(outcome.result);
        },
      });
      this.#draining ??= this.#drain();
    });
  }

  async idle(): Promise<void> {
    await this.#draining;
  }

  async #drain(): Promise<void> {
    // One turn of the event loop, so that all writes that arrived in this one share the commit.
    await new Promise(setImmediate);
    while (this.#pending.length > 0) {
      const group = this.#pending.splice(0, LARGEST_GROUP);
      try {
        await this.#commit(group);
        for (const write of group) write.settle();
        this.#onCommit();
      } catch (error) {
        for (const write of group) write.settle(error);
      }
    }
    this.#draining = undefined;
  }

  async #commit(group: readonly PendingWrite[]): Promise<void> {
    await this.#begin();
    try {
      for (const write of group) {
        this.#execute("SAVEPOINT one");
        try {
          await write.run();
        } catch {
          this.#execute("ROLLBACK TO one");
        }
        this.#execute("RELEASE one");
      }
      await this.#untilUnlocked(() => this.#execute("COMMIT"));
    } catch (error) {
      this.#execute("ROLLBACK");
      throw error;
    }
  }

  #begin(): Promise<void> {
    return this.#untilUnlocked(() => this.#execute("BEGIN IMMEDIATE"));
  }

  #execute(text: string): void {
    this.#connection.prepare(text).run();
  }

  /** Other processes may write to the file too; wait for them without blocking this thread for long. */
  async #untilUnlocked(act: () => void): Promise<void> {
    let waitedMs = 0;
    for (;;) {
      try {
        act();
        return;
      } catch (error) {
        if (!isBusy(error)) throw translateSqliteError(error);
        if (waitedMs >= BUSY_LIMIT_MS) {
          throw new UnavailableError(
            `Another process has held the write lock of the database for ${BUSY_LIMIT_MS / 1000} seconds. ` +
              "Stop it, or use PostgreSQL when several processes must write at once.",
            { what: "database" },
          );
        }
      }
      await delay(BUSY_RETRY_DELAY_MS);
      waitedMs += BUSY_TIMEOUT_MS + BUSY_RETRY_DELAY_MS;
    }
  }
}

function isBusy(error: unknown): boolean {
  return (
    error instanceof Error &&
    /SQLITE_BUSY|database is locked/i.test(`${error.message} ${String("code" in error ? error.code : "")}`)
  );
}
