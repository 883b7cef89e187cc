import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe } from "vitest";
import { newId } from "../domain/ids.ts";
import { type Instant, instantFromMs } from "../domain/instant.ts";
import type { Database } from "../storage/database.ts";
import { SCHEMA_VERSION } from "../storage/migrate.ts";
import { openDatabase } from "../storage/open-database.ts";
import type { FlowRow, FlowRunRow } from "../storage/tables.ts";
import { createTestDatabase } from "./postgres.ts";

/** 2026-01-01T12:00:00Z, the "now" of tests. */
export const NOON: Instant = instantFromMs(Date.UTC(2026, 0, 1, 12));

/** A database of this suite's own, and rows to start from. */
export interface Given {
  readonly db: Database;
  /** What `openDatabase` was given: a second connection to the same database is one call away. */
  readonly url: string;
  flow(values?: Partial<FlowRow>): Promise<FlowRow>;
  /** A run without a state, of a flow of its own unless one is named. */
  flowRun(values?: Partial<FlowRunRow>): Promise<FlowRunRow>;
}

/** The same words on SQLite and on PostgreSQL, each suite on a fresh database. */
export function describeEachDatabase(name: string, suite: (given: Given) => void): void {
  describe.each(["sqlite", "postgres"] as const)(`${name} on %s`, (dialect) => {
    let opened: { db: Database; url: string; remove: () => Promise<void> } | undefined;

    beforeAll(async () => {
      opened = dialect === "sqlite" ? await openSqlite() : await openPostgres();
    });
    afterAll(async () => {
      await opened?.db.close();
      await opened?.remove();
    });

    suite(
      givenOf(() => {
        if (opened === undefined) throw new Error("The database is opened by beforeAll: use it inside tests only.");
        return opened;
      }),
    );
  });
}

async function openSqlite() {
  const folder = await mkdtemp(join(tmpdir(), "prefect-ts-"));
  const url = `sqlite:///${join(folder, "test.db")}`;
  return { db: await openDatabase({ url }), url, remove: () => rm(folder, { recursive: true, force: true }) };
}

async function openPostgres() {
  const database = await createTestDatabase({
    key: `schema-${SCHEMA_VERSION}`,
    prepare: async (url) => (await openDatabase({ url })).close(),
  });
  return { db: await openDatabase({ url: database.url }), url: database.url, remove: () => database.drop() };
}

function givenOf(opened: () => { db: Database; url: string }): Given {
  const given: Given = {
    get db() {
      return opened().db;
    },
    get url() {
      return opened().url;
    },
    async flow(values = {}) {
      const row = aFlow(values);
      await given.db.write((tx) => tx.insert("flow", [row]));
      return row;
    },
    async flowRun(values = {}) {
      const flowId = values.flow_id ?? (await given.flow()).id;
      const row = aFlowRun({ ...values, flow_id: flowId });
      await given.db.write((tx) => tx.insert("flow_run", [row]));
      return row;
    },
  };
  return given;
}

export function aFlow(values: Partial<FlowRow> = {}): FlowRow {
  const id = newId();
  return { id, created: NOON, updated: NOON, name: `flow-${id}`, tags: "[]", labels: "{}", ...values };
}

export function aFlowRun(values: Partial<FlowRunRow> = {}): FlowRunRow {
  return {
    id: newId(),
    created: NOON,
    updated: NOON,
    name: "crouching-kittiwake",
    flow_id: newId(),
    deployment_id: null,
    deployment_version: null,
    work_queue_id: null,
    work_queue_name: null,
    flow_version: null,
    parameters: "{}",
    idempotency_key: null,
    context: "{}",
    empirical_policy: "{}",
    tags: "[]",
    labels: "{}",
    parent_task_run_id: null,
    state_id: null,
    state_type: null,
    state_name: null,
    state_timestamp: null,
    run_count: 0,
    expected_start_time: null,
    next_scheduled_start_time: null,
    start_time: null,
    end_time: null,
    total_run_time: 0,
    auto_scheduled: 0,
    infrastructure_document_id: null,
    infrastructure_pid: null,
    created_by: null,
    job_variables: null,
    ...values,
  };
}
