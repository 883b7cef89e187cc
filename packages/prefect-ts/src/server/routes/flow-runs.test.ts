import { beforeAll, expect, test } from "vitest";
import { createClient } from "../../client/client.ts";
import { newId } from "../../domain/ids.ts";
import { addSeconds, formatInstant } from "../../domain/instant.ts";
import { loadSettings } from "../../platform/settings/settings.ts";
import { describeEachDatabase, NOON } from "../../testing/databases.ts";
import { createServerApp, type ServerApp } from "../app.ts";

describeEachDatabase("flow run routes", (given) => {
  let app: ServerApp;
  let flowId: string;
  const at = (seconds: number) => formatInstant(addSeconds(NOON, seconds));
  const client = createClient((call) => app.call(call));
  const status = async (name: string, params: Record<string, string>, body?: unknown) => {
    const text = body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) };
    return app.call({ group: "flow_runs", name, params, query: {}, ...text });
  };

  beforeAll(async () => {
    const settings = loadSettings({ env: {}, overrides: { PREFECT_SERVER_FLOW_RUN_GRAPH_MAX_NODES: 3 } });
    app = await createServerApp({ databaseUrl: given.url, settings, runServices: false });
    flowId = (await client.flows.create({ name: "etl", labels: { team: "data" } })).id;
    return () => app.close();
  });

  test("a new run is pending, named, and has its flow's labels", async () => {
    const run = await client.flow_runs.create({ flow_id: flowId, name: "", labels: { own: 1 } });
    expect(run).toMatchObject({ state_type: "PENDING", state: { name: "Pending" }, run_count: 0, created_by: null });
    expect(run.name).toMatch(/^[a-z]+-[a-z]+$/);
    expect(run.labels).toEqual({ team: "data", "prefect.flow.id": flowId, own: 1 });
    const read = await client.flow_runs.get({ id: run.id });
    // The one field that tells how late the run is by now.
    expect({ ...read, estimated_start_time_delta: 0 }).toEqual({ ...run, estimated_start_time_delta: 0 });
  });

  test("the same idempotency key answers the same run with 200", async () => {
    const body = { flow_id: flowId, idempotency_key: "once", parameters: { a: 1 } };
    const [first, second] = [await status("create", {}, body), await status("create", {}, body)];
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(JSON.parse(second.body)).toMatchObject({ id: JSON.parse(first.body).id, state_type: "PENDING" });
  });

  test("parameters keep their spelling, and have a largest size", async () => {
    const parameters = '{"x": 1.0, "big": 123456789012345678901234567890, "10": "b"}';
    const reply = await status("create", {}, `{"flow_id": "${flowId}", "parameters": ${parameters}}`);
    expect(reply.body).toContain(`"parameters":${parameters}`);
    const large = await status("create", {}, { flow_id: flowId, parameters: { x: "x".repeat(600_000) } });
    expect([large.status, large.body]).toEqual([422, expect.stringContaining("524,288 bytes")]);
  });

  test("a life cycle is told by states in order", async () => {
    const { id } = await client.flow_runs.create({ flow_id: flowId });
    expect((await status("set_state", { id }, { state: { type: "RUNNING" } })).status).toBe(201);
    const done = await client.flow_runs.set_state({ id, state: { type: "COMPLETED", data: { a: 1 } } });
    expect(done).toMatchObject({ status: "ACCEPT", state: { type: "COMPLETED", data: { a: 1 } } });
    const states = await client.flow_run_states.list({ flow_run_id: id });
    expect(states.map((state) => state.name)).toEqual(["Pending", "Running", "Completed"]);
    expect(await client.flow_runs.get({ id })).toMatchObject({ run_count: 1, state: { data: { a: 1 } } });
  });

  test("a patch writes what it names, null included, and nothing else", async () => {
    const { id } = await client.flow_runs.create({ flow_id: flowId, flow_version: "v1", tags: ["a"] });
    expect((await status("update", { id }, { flow_version: null, infrastructure_pid: "42" })).status).toBe(204);
    await client.flow_runs.update_labels({ id, added: "yes" });
    const run = await client.flow_runs.get({ id });
    expect(run).toMatchObject({ flow_version: null, infrastructure_pid: "42", tags: ["a"], labels: { added: "yes" } });
    expect((await status("update", { id }, { job_variables: {} })).status).toBe(400);
    expect((await status("update", { id: newId() }, { name: "x" })).status).toBe(404);
  });

  test("many runs are set, counted, listed and deleted by a filter", async () => {
    const name = `bulk-${newId()}`;
    for (const _ of [1, 2, 3]) await client.flow_runs.create({ flow_id: flowId, name });
    const flow_runs = { name: { any_: [name] } };
    const { results } = await client.flow_runs.bulk_set_state({ flow_runs, state: { type: "CANCELLED" }, limit: 2 });
    expect(results.map((result) => result.status)).toEqual(["ACCEPT", "ACCEPT"]);
    expect(await client.flow_runs.count({ flow_runs })).toBe(3);
    const page = await client.flow_runs.paginate({ flow_runs, limit: 2, page: 2 });
    expect(page).toMatchObject({ count: 3, pages: 2, page: 2, results: [{ name, state_type: "PENDING" }] });
    expect((await client.flow_runs.bulk_delete({ flow_runs })).deleted).toHaveLength(3);
    expect(await client.flow_runs.count({ flow_runs })).toBe(0);
  });

  test("a paused run is resumed with an input that fits its schema", async () => {
    const { id } = await client.flow_runs.create({ flow_id: flowId, state: { type: "RUNNING" } });
    expect((await client.flow_runs.resume({ id })).status).toBe("ABORT");
    const run_input_keyset = { response: "paused-1-response", schema: "paused-1-schema" };
    const state_details = { pause_key: "1", run_input_keyset };
    await client.flow_runs.set_state({ id, state: { type: "PAUSED", state_details } });
    const schema = { type: "object", properties: { age: { type: "integer" } }, required: ["age"] };
    await client.flow_runs.create_input({ id, key: "paused-1-schema", value: JSON.stringify(schema) });

    const refused = await client.flow_runs.resume({ id, run_input: { age: "old" } });
    expect(refused).toMatchObject({ status: "REJECT", state: { type: "PAUSED" }, details: { type: "abort_details" } });
    expect(await client.flow_runs.resume({ id, run_input: { age: 7 } })).toMatchObject({ status: "ACCEPT" });
    expect(await client.flow_runs.get_input({ id, key: "paused-1-response" })).toBe('{"age":7}');
  });

  test("an input is given once and read as it is", async () => {
    const { id } = await client.flow_runs.create({ flow_id: flowId });
    const input = { key: "greeting-1", value: '{"a": 1.0}', sender: null };
    expect((await status("create_input", { id }, input)).status).toBe(201);
    expect((await status("create_input", { id }, input)).status).toBe(409);
    expect((await status("create_input", { id: newId() }, input)).status).toBe(404);
    expect(await status("get_input", { id, key: "greeting-1" })).toMatchObject({
      body: '{"a": 1.0}',
      contentType: "text/plain; charset=utf-8",
    });
    expect(await client.flow_runs.filter_input({ id, prefix: "greeting" })).toMatchObject([{ key: "greeting-1" }]);
    expect((await status("delete_input", { id, key: "greeting-1" })).status).toBe(204);
    expect((await status("get_input", { id, key: "greeting-1" })).status).toBe(404);
  });

  test("history counts runs by the interval they were expected in", async () => {
    const tags = [newId()];
    for (const seconds of [0, 59, 60, 150]) {
      const state = { type: "SCHEDULED" as const, state_details: { scheduled_time: at(seconds) } };
      await client.flow_runs.create({ flow_id: flowId, tags, state });
    }
    const span = { history_start: at(0), history_end: at(180), history_interval_seconds: 60 };
    const flow_runs = { tags: { all_: tags } };
    const history = await client.flow_runs.history({ ...span, flow_runs });
    expect(history.map((bucket) => bucket.states.map((state) => state.count_runs))).toEqual([[2], [1], [1]]);
    expect(history[1]).toMatchObject({ interval_start: at(60), interval_end: at(120) });
    expect(await client.flow_runs.lateness({ flow_runs })).toBeGreaterThanOrEqual(0);
    expect(await client.flow_runs.lateness({ flow_runs: { id: { any_: [] } } })).toBeNull();
    const long = await client.flow_runs.history({ ...span, history_end: at(1e6), history_interval_seconds: 1 });
    expect(long).toHaveLength(500);
  });

  test("the graph has a subflow in the place of the task run that tracks it", async () => {
    const { id } = await client.flow_runs.create({ flow_id: flowId, state: { type: "RUNNING" } });
    const task = (dynamic_key: string, task_inputs = {}) =>
      client.task_runs.create({ flow_run_id: id, task_key: "t", dynamic_key, name: `t-${dynamic_key}`, task_inputs });
    const first = await task("0");
    const tracker = await task("1", { x: [{ input_type: "task_run", id: first.id }] });
    const child = await client.flow_runs.create({ flow_id: flowId, name: "child", parent_task_run_id: tracker.id });
    const last = await task("2", { __parents__: [{ input_type: "task_run", id: tracker.id }] });

    const { nodes, root_node_ids, states } = await client.flow_runs.graph_v2({ id });
    const byId = new Map(nodes);
    expect(root_node_ids).toEqual([first.id, last.id]);
    expect(byId.get(first.id)).toMatchObject({ children: [{ id: child.id }], label: "t-0" });
    expect(byId.get(child.id)).toMatchObject({ kind: "flow-run", label: "etl / child", parents: [{ id: first.id }] });
    expect(byId.get(last.id)).toMatchObject({ encapsulating: [{ id: child.id }], parents: [] });
    expect(states.map((state) => state.name)).toEqual(["Running"]);
    await task("3");
    expect((await status("graph_v2", { id })).status).toBe(400);
    expect((await status("graph_v2", { id: newId() })).body).toContain("exception_message");
  });

  test("a deleted run takes its task runs and logs along, and leaves its subflows", async () => {
    const { id } = await client.flow_runs.create({ flow_id: flowId });
    const tracker = await client.task_runs.create({ flow_run_id: id, task_key: "t", dynamic_key: "0" });
    const child = await client.flow_runs.create({ flow_id: flowId, parent_task_run_id: tracker.id });
    const log = { name: "p", level: 20, message: 'a "b", c', timestamp: at(0), flow_run_id: id };
    await client.logs.create({ body: [log] });
    const csv = `timestamp,level,flow_run_id,task_run_id,message\r\n2026-01-01 12:00:00+00:00,20,${id},,"a ""b"", c"\r\n`;
    expect((await status("download_logs", { id })).body).toBe(csv);

    expect((await status("delete", { id })).status).toBe(204);
    expect((await status("delete", { id })).status).toBe(404);
    expect(await client.task_runs.count({ task_runs: { id: { any_: [tracker.id] } } })).toBe(0);
    expect(await client.logs.filter({ logs: { flow_run_id: { any_: [id] } } })).toEqual([]);
    expect((await client.flow_runs.get({ id: child.id })).parent_task_run_id).toBeNull();
  });
});
