import { expect, test } from "vitest";
import { newId } from "../domain/ids.ts";
import { createLogger } from "../platform/logger.ts";
import { loadSettings } from "../platform/settings/settings.ts";
import { describeEachDatabase, NOON } from "../testing/databases.ts";
import { createServerApp, type ServerApp } from "./app.ts";

describeEachDatabase("the app without doors", (given) => {
  const settings = loadSettings({ env: { PREFECT_TEST_MODE: "1" } });

  async function withApp<Result>(use: (app: ServerApp, lines: string[]) => Promise<Result>): Promise<Result> {
    const lines: string[] = [];
    const logger = createLogger({ name: "test", level: 0, write: (line) => void lines.push(line) });
    const app = await createServerApp({ databaseUrl: given.url, settings, runServices: true, logger });
    try {
      return await use(app, lines);
    } finally {
      await app.close();
    }
  }

  const call = (app: ServerApp, name: string, body?: unknown) =>
    app.call({
      group: "flows",
      name,
      params: {},
      query: {},
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });

  test("answers calls by name, refusals included", async () => {
    await withApp(async (app) => {
      const made = await call(app, "create", { name: "etl" });
      expect(made).toMatchObject({ status: 201, contentType: "application/json" });
      expect(JSON.parse(made.body)).toMatchObject({ name: "etl" });
      expect(await call(app, "create", { nope: 1 })).toMatchObject({ status: 422 });
      expect(await call(app, "no_such_route")).toMatchObject({ status: 404 });
    });
  });

  test("says when to ask again", async () => {
    await withApp(async (app) => {
      const limits = (name: string, body: unknown) =>
        app.call({ group: "concurrency_limits_v2", name, params: {}, query: {}, body: JSON.stringify(body) });
      await limits("create", { name: "one", limit: 1, active_slots: 1 });
      const refused = await limits("increment", { names: ["one"], slots: 1 });
      expect(refused).toMatchObject({ status: 423, retryAfterSeconds: expect.any(Number) });
    });
  });

  test("what was ingested is committed", async () => {
    const resource = `test.${newId()}`;
    const event = { id: newId(), occurred: NOON, event: "test", resource: { "prefect.resource.id": resource } };
    const log = { name: "a", level: 20, message: resource, timestamp: NOON };
    await withApp((app) => app.ingest({ events: [{ ...event, related: [], payload: {} }], logs: [log] }));
    expect(
      await given.db.all({ sql: "SELECT id FROM event WHERE resource_id = ?", parameters: [resource] }),
    ).toHaveLength(1);
    expect(await given.db.all({ sql: "SELECT id FROM log WHERE message = ?", parameters: [resource] })).toHaveLength(1);
  });

  test("is not ready without its database, and answers without a stack", async () => {
    const lines: string[] = [];
    const logger = createLogger({ name: "test", level: 0, write: (line) => void lines.push(line) });
    const app = await createServerApp({ databaseUrl: given.url, settings, runServices: false, logger });
    await app.close();
    const ready = await app.call({ group: "root", name: "ready", params: {}, query: {} });
    expect(ready).toMatchObject({ status: 503, body: '{"message":"Database is not available"}' });
    const failed = await app.call({ group: "flows", name: "count", params: {}, query: {} });
    expect(failed.status).toBeGreaterThanOrEqual(500);
    expect(failed.body).toMatch(/^\{"exception_message":"[\w ]+"\}$/);
    expect(lines.join()).toContain("flows.count failed");
  });
});
