import type { EventRow, JsonText, LogRow, Tables } from "./tables.ts";

export type DialectName = "sqlite" | "postgres";

/** One statement: text with a `?` for each parameter, from the `sql` tag. */
export interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

export type TableName = keyof Tables & string;

/** What happens to a row whose key is there already. */
export type OnConflict = "ignore" | "fail" | Upsert;

export interface Upsert {
  /** The columns of the unique key. */
  readonly key: readonly string[];
  /** The columns that take the new row's values; the others keep theirs. */
  readonly update: readonly string[];
  /** Updates only rows whose value of this column is smaller than the new one's: newer wins, in any order of arrival. */
  readonly ifNewer?: string;
}

/** Reads and writes on one database; the same words on SQLite and PostgreSQL. */
export interface Queryable {
  readonly dialect: DialectName;
  /** The same object for a database and all its transactions: the key for what is remembered of its content. */
  readonly identity: object;
  all<Row>(statement: Statement): Promise<Row[]>;
  get<Row>(statement: Statement): Promise<Row | undefined>;
  /** Answers how many rows changed. */
  run(statement: Statement): Promise<number>;
  /** Inserts all rows as one batch; every row has the columns of the first. Answers how many were inserted. */
  insert<Name extends TableName>(table: Name, rows: readonly Tables[Name][], onConflict?: OnConflict): Promise<number>;
}

export interface Transaction extends Queryable {
  readonly isTransaction: true;
  /** Calls back once the work is committed; never when it is rolled back. */
  afterCommit(callback: () => void): void;
  /** Tells the listeners of a channel, after the commit. */
  notify<Name extends ChannelName>(channel: Name, payload: Channels[Name]): void;
}

/** What can be listened to, by name. */
export interface Channels {
  events: readonly StoredEvent[];
  logs: readonly LogRow[];
}
export type ChannelName = keyof Channels;

/** An event with its related resources, as they were stored. */
export interface StoredEvent extends EventRow {
  related: JsonText;
}

export interface Database extends Queryable {
  /**
   * Runs `work` in a transaction and resolves when it is committed; a rejection rolls back this work alone.
   * Writes that arrive together may share one commit, so `work` must wait for nothing but the database.
   */
  write<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result>;
  /** Hears what committed writes told a channel, in the order of their commits; the answer unsubscribes. */
  listen<Name extends ChannelName>(channel: Name, listener: (payload: Channels[Name]) => void): () => void;
  close(): Promise<void>;
}
