/** Looks into the SQLite file that an embedded server left, to see whether everything has been recorded. */
import { statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** The name that the product gives its database in PREFECT_HOME. */
const DATABASE_FILE = "prefect-ts.db";
const STATES_PER_TASK = 3;
const EVENTS_PER_TASK = 3;

export interface Recorded {
  readonly task_runs: number;
  readonly task_run_states: number;
  readonly task_run_events: number;
  readonly rows: number;
  readonly bytes: number;
}

interface Statement {
  get(): unknown;
  all(): unknown[];
}

interface Connection {
  prepare(text: string): Statement;
  close(): void;
}

export function readRecorded(home: string): Recorded {
  const file = join(home, DATABASE_FILE);
  const db = open(file);
  const count = (text: string) => (db.prepare(`SELECT count(*) AS n FROM ${text}`).get() as { n: number }).n;
  try {
    const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all() as { name: string }[];
    db.prepare("PRAGMA wal_checkpoint(TRUNCATE)").get();
    return {
      task_runs: count("task_run WHERE state_type = 'COMPLETED'"),
      task_run_states: count("task_run_state"),
      task_run_events: count("event WHERE event LIKE 'prefect.task-run.%'"),
      rows: tables.reduce((sum, { name }) => sum + count(`"${name}"`), 0),
      bytes: statSync(file).size,
    };
  } finally {
    db.close();
  }
}

/** Throws unless each of the tasks is there with its states and events. */
export function requireEverything({ task_runs, task_run_states, task_run_events }: Recorded, tasks: number): void {
  const expected = [tasks, tasks * STATES_PER_TASK, tasks * EVENTS_PER_TASK];
  const found = [task_runs, task_run_states, task_run_events];
  if (found.join() === expected.join()) return;
  throw new Error(
    `of ${tasks} tasks, runs, states and events should be ${expected.join(", ")}; are ${found.join(", ")}`,
  );
}

/** The same binding as the product's, as the product finds it: Node's own, else the package. */
function open(file: string): Connection {
  const product = createRequire(import.meta.url).resolve("prefect-ts/package.json");
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const isBuiltIn = major > 22 || (major === 22 && minor >= 13);
  const binding: { DatabaseSync: new (path: string) => Connection } = createRequire(product)(
    isBuiltIn ? "node:sqlite" : "@photostructure/sqlite",
  );
  return new binding.DatabaseSync(file);
}
