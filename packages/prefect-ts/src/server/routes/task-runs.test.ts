import { beforeAll, expect, test } from "vitest";
import { createClient } from "../../client/client.ts";
import { newId } from "../../domain/ids.ts";
import { loadSettings } from "../../platform/settings/settings.ts";
import { describeEachDatabase } from "../../testing/databases.ts";
import { createServerApp, type ServerApp } from "../app.ts";

describeEachDatabase("task run routes", (given) => {
  let app: ServerApp;
  let flowRunId: string;
  const client = createClient((call) => app.call(call));
  const status = (name: string, params: Record<string, string>, body?: unknown) =>
    app.call({ group: "task_runs", name, params, query: {}, ...(body ? { body: JSON.stringify(body) } : {}) });

  beforeAll(async () => {
    app = await createServerApp({ databaseUrl: given.url, settings: loadSettings({ env: {} }), runServices: false });
    const flow = await client.flows.create({ name: "etl", labels: { team: "data" } });
    flowRunId = (await client.flow_runs.create({ flow_id: flow.id, state: { type: "RUNNING" } })).id;
    return () => app.close();
  });

  test("a task run is created once for its natural key, with its flow run's labels", async () => {
    const body = { flow_run_id: flowRunId, task_key: "extract", dynamic_key: "0", labels: { own: true } };
    const [first, second] = [await status("create", {}, body), await status("create", {}, body)];
    expect([first.status, second.status]).toEqual([201, 200]);
    const run = JSON.parse(first.body);
    expect(JSON.parse(second.body).id).toBe(run.id);
    expect(run.labels).toMatchObject({ team: "data", "prefect.flow-run.id": flowRunId, own: true });
    expect(run.state).toMatchObject({
      name: "Pending",
      state_details: { task_run_id: run.id, flow_run_id: flowRunId },
    });
    expect(Object.keys(run.state.state_details)).toHaveLength(18);
  });

  test("outside of a flow run the keys alone are the natural key, and an id may be given", async () => {
    const id = newId();
    const body = { id, task_key: "alone", dynamic_key: "x", empirical_policy: { max_retries: 2 } };
    expect(await client.task_runs.create(body)).toMatchObject({ id, empirical_policy: { retries: 2 } });
    expect((await status("create", {}, { ...body, id: newId() })).status).toBe(200);
  });

  test("a state is set, refused, and read back in order", async () => {
    const { id } = await client.task_runs.create({ flow_run_id: flowRunId, task_key: "load", dynamic_key: "0" });
    expect((await status("set_state", { id }, { state: { type: "RUNNING" } })).status).toBe(201);
    await client.task_runs.set_state({ id, state: { type: "COMPLETED", data: { kept: 1 } } });
    const again = await client.task_runs.set_state({ id, state: { type: "RUNNING" } });
    expect(again).toMatchObject({ status: "REJECT", state: { type: "COMPLETED", data: { kept: 1 } } });
    const states = await client.task_run_states.list({ task_run_id: id });
    expect(states.map((state) => state.type)).toEqual(["PENDING", "RUNNING", "COMPLETED"]);
    const [last] = states.slice(-1);
    expect(await client.task_run_states.get({ id: last?.id ?? "" })).toEqual(last);
  });

  test("lists are narrowed, paged and counted", async () => {
    const task_runs = { name: { any_: [`many-${newId()}`] } };
    for (const dynamic_key of ["0", "1", "2"]) {
      const name = task_runs.name.any_[0] ?? null;
      await client.task_runs.create({ flow_run_id: flowRunId, task_key: "many", dynamic_key, name });
    }
    expect(await client.task_runs.count({ task_runs })).toBe(3);
    const flow_runs = { id: { any_: [flowRunId] } };
    expect(await client.task_runs.filter({ task_runs, flow_runs, limit: 2 })).toHaveLength(2);
    const page = await client.task_runs.paginate({ task_runs, limit: 2, page: 2 });
    expect(page).toMatchObject({ count: 3, pages: 2, results: [{ task_key: "many" }] });
    expect(page.results[0]).not.toHaveProperty("dynamic_key");
    expect(await client.task_runs.count({ task_runs, flow_runs: { id: { any_: [] } } })).toBe(0);
  });

  test("a task run is renamed and deleted with its states", async () => {
    const { id } = await client.task_runs.create({ task_key: "gone", dynamic_key: "0" });
    expect((await status("update", { id }, { name: "renamed" })).status).toBe(204);
    expect((await client.task_runs.get({ id })).name).toBe("renamed");
    expect((await status("delete", { id })).status).toBe(204);
    expect((await status("get", { id })).status).toBe(404);
    expect(await client.task_run_states.list({ task_run_id: id })).toEqual([]);
  });

  test("task runs go with a flow that is deleted", async () => {
    const flow = await client.flows.create({ name: `short-${newId()}` });
    const run = await client.flow_runs.create({ flow_id: flow.id });
    const { id } = await client.task_runs.create({ flow_run_id: run.id, task_key: "t", dynamic_key: "0" });
    await client.flows.delete({ id: flow.id });
    expect((await status("get", { id })).status).toBe(404);
  });

  test.each([
    { wrong: { task_key: "t" }, why: "a key is missing" },
    { wrong: { task_key: "t", dynamic_key: "0", extra: 1 }, why: "a key is unknown" },
    { wrong: { task_key: "t", dynamic_key: "0", cache_key: "k".repeat(2001) }, why: "the cache key is too long" },
    { wrong: { task_key: "t", dynamic_key: "0", task_inputs: { x: [{ input_type: "no" }] } }, why: "an input is odd" },
  ])("422 when $why", async ({ wrong }) => {
    expect((await status("create", {}, wrong)).status).toBe(422);
  });
});
