import pg from "pg";
import { ConflictError, InvalidInputError, UnavailableError } from "../../domain/errors.ts";
import type { Database, OnConflict, Queryable, Statement, TableName, Transaction } from "../database.ts";
import type { Tables } from "../tables.ts";
import { ChannelHub, CommitHooks } from "./channels.ts";
import { columnList, conflictText } from "./insert-text.ts";

/** Our tables live in a schema of their own, so that a database can be shared with anything else. */
const POSTGRES_SCHEMA = "prefect_ts";

const CONNECTION_TIMEOUT_MS = 30_000;
const LARGEST_POOL = 10;
const NAMED_STATEMENTS = 500;
/** Two transactions that met in opposite order, or that could not be serialised: the same work succeeds again. */
const RETRYABLE = new Set(["40001", "40P01"]);
const RETRIES = 5;

const TYPE_INT8 = 20;
const TYPE_FLOAT8 = 701;
const TYPE_NUMERIC = 1700;

const types = {
  getTypeParser(oid: number): (text: string) => unknown {
    if (oid === TYPE_INT8 || oid === TYPE_FLOAT8 || oid === TYPE_NUMERIC) return Number;
    return oid === 23 || oid === 21 ? Number : (text) => text;
  },
};

type Executor = (statement: { text: string; values: unknown[]; name?: string }) => Promise<pg.QueryResult>;

/** PostgreSQL through a pool; statements written by hand are prepared once per connection. */
export function openPostgresDatabase(url: string): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: LARGEST_POOL,
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
    options: `-c search_path=${POSTGRES_SCHEMA}`,
    types,
  });
  // A connection that breaks while idle is replaced at the next use; without a listener it would end the process.
  pool.on("error", () => {});

  const hub = new ChannelHub();

  return {
    ...queryable((statement) => pool.query(statement), hub),
    async write(work) {
      for (let attempt = 0; ; attempt += 1) {
        try {
          return await inTransaction(pool, hub, work);
        } catch (error) {
          if (attempt >= RETRIES || !RETRYABLE.has(pgCode(error) ?? "")) throw error;
        }
      }
    },
    listen: (channel, listener) => hub.listen(channel, listener),
    close: () => pool.end(),
  };
}

async function inTransaction<Result>(
  pool: pg.Pool,
  hub: ChannelHub,
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  const client = await connect(pool);
  const hooks = new CommitHooks(hub);
  let broken: Error | undefined;
  try {
    // Not awaited: it travels with the first statement, and that one's failure is the one to report.
    const begun = client.query("BEGIN").catch(() => undefined);
    try {
      const statements = queryable((statement) => client.query(statement), hub);
      const result = await work({ ...statements, isTransaction: true, ...hooks.methods() });
      await begun;
      await client.query("COMMIT");
      hooks.run();
      return result;
    } catch (error) {
      await client.query("ROLLBACK").catch((cause: Error) => {
        broken = cause;
      });
      throw error;
    }
  } finally {
    client.release(broken);
  }
}

async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw translatePostgresError(error);
  }
}

function queryable(execute: Executor, identity: object): Queryable {
  const query = async ({ sql, parameters }: Statement) => {
    const text = numbered(sql);
    const name = statementName(text);
    try {
      return await execute({ text, values: bindable(parameters), ...(name === undefined ? {} : { name }) });
    } catch (error) {
      throw translatePostgresError(error);
    }
  };
  return {
    dialect: "postgres",
    identity,
    all: async <Row>(statement: Statement) => (await query(statement)).rows as Row[],
    get: async <Row>(statement: Statement) => (await query(statement)).rows[0] as Row | undefined,
    run: async (statement) => (await query(statement)).rowCount ?? 0,
    async insert<Name extends TableName>(table: Name, rows: readonly Tables[Name][], onConflict: OnConflict = "fail") {
      const [first] = rows;
      if (first === undefined) return 0;
      const names = columnList(Object.keys(first));
      const suffix = conflictText(table, onConflict);
      const sql = `INSERT INTO ${table} (${names}) SELECT ${names} FROM jsonb_populate_recordset(NULL::${table}, ?::jsonb)${suffix}`;
      return (await query({ sql, parameters: [JSON.stringify(rows)] })).rowCount ?? 0;
    },
  };
}

const numberedTexts = new Map<string, string>();

/** `?` becomes `$1`, `$2`, …; our own SQL has no other question mark. */
function numbered(text: string): string {
  const known = numberedTexts.get(text);
  if (known !== undefined) return known;
  let count = 0;
  const result = text.replace(/\?/g, () => {
    count += 1;
    return `$${count}`;
  });
  if (numberedTexts.size < NAMED_STATEMENTS) numberedTexts.set(text, result);
  return result;
}

const statementNames = new Map<string, string>();

function statementName(text: string): string | undefined {
  const known = statementNames.get(text);
  if (known !== undefined) return known;
  if (statementNames.size >= NAMED_STATEMENTS) return undefined;
  const name = `s${statementNames.size}`;
  statementNames.set(text, name);
  return name;
}

function bindable(parameters: readonly unknown[]): unknown[] {
  return parameters.map((value) => (typeof value === "boolean" ? Number(value) : value));
}

function pgCode(error: unknown): string | undefined {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error && "code" in cause ? String(cause.code) : undefined;
}

const UNREACHABLE = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ETIMEDOUT",
  "57P01",
  "57P02",
  "57P03",
  "08006",
  "08001",
  "53300",
]);

/** A broken constraint or a lost connection becomes an error with a code; anything else stays what it is. */
function translatePostgresError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const code = "code" in error ? String(error.code) : "";
  if (code === "23505" || code === "23503") {
    return new ConflictError(
      "Data integrity conflict. This usually means a unique or foreign key constraint was violated. See server logs for details.",
      { cause: error },
    );
  }
  if (code.startsWith("22"))
    return new InvalidInputError(`The database refused a value: ${error.message}`, {
      cause: error,
    });
  if (UNREACHABLE.has(code) || /Connection terminated|timeout exceeded when trying to connect/.test(error.message)) {
    return new UnavailableError(`The PostgreSQL database cannot be reached now: ${error.message}`, {
      what: "database",
      cause: error,
    });
  }
  return error;
}
