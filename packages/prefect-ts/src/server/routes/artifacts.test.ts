import { describe, expect, test } from "vitest";
import { newId } from "../../domain/ids.ts";
import { describeEachDatabase } from "../../testing/databases.ts";
import { useTestServer } from "../../testing/test-server.ts";

interface Created {
  id: string;
  key: string;
  latest_id?: string;
  data?: unknown;
}

describeEachDatabase("artifacts over HTTP", (given) => {
  const server = useTestServer(given);

  async function create(body: Record<string, unknown>): Promise<Created> {
    const answer = await server.request("POST", "/api/artifacts/", { body });
    expect(answer.status, answer.text).toBe(201);
    return answer.json as Created;
  }
  const latest = async (key: string) => (await server.request("GET", `/api/artifacts/${key}/latest`)).json as Created;
  const list = async (path: string, body: unknown) =>
    (await server.request("POST", `/api/artifacts${path}`, { body })).json as Created[];
  const aKey = () => `key-${newId()}`;

  async function eventsOf(key: string) {
    const rows = await given.db.all<{ event: string; payload: string }>({
      sql: "SELECT event, payload FROM event WHERE resource LIKE ? ORDER BY id",
      parameters: [`%${key}%`],
    });
    return rows.map((row) => [row.event.replace("prefect.artifact-collection.", ""), JSON.parse(row.payload).data]);
  }

  test("an artifact comes back as it was sent, to the spelling of its numbers", async () => {
    const body = `{"key":"${aKey()}","type":"table","data":{"b":1.0,"a":[12345678901234567890]},"metadata_":{"x":"y"}}`;
    const created = await server.request("POST", "/api/artifacts/", { body });
    expect(created.text).toContain('"data":{"b":1.0,"a":[12345678901234567890]}');
    const { id } = created.json as Created;
    const read = await server.request("GET", `/api/artifacts/${id}`);
    expect(read.text).toBe(created.text);
    expect(read.json).toMatchObject({ type: "table", description: null, metadata_: { x: "y" }, flow_run_id: null });
  });

  test("long metadata is cut", async () => {
    const created = await create({ metadata_: { long: "x".repeat(600) } });
    expect(created).toMatchObject({ key: null, metadata_: { long: `${"x".repeat(500)}...` } });
  });

  test("the collection of a key follows its newest artifact", async () => {
    const key = aKey();
    const first = await create({ key, type: "markdown", data: "one", description: "first" });
    const collection = await latest(key);
    expect(collection).toMatchObject({ key, data: "one", description: "first" });
    expect(collection.id).not.toBe(first.id);
    const second = await create({ key, type: "markdown", data: "two" });
    // What the second one was not given stays as the first one left it.
    expect(await latest(key)).toMatchObject({ id: collection.id, data: "two", description: "first" });
    const [found] = await list("/latest/filter", { artifacts: { key: { any_: [key] } } });
    expect(found).toMatchObject({ id: collection.id, latest_id: second.id });
    expect(await eventsOf(key)).toEqual([
      ["created", "one"],
      ["updated", "two"],
    ]);
  });

  test("changing the newest one changes the collection, changing another one does not", async () => {
    const key = aKey();
    const old = await create({ key, data: 1 });
    const young = await create({ key, data: 2 });
    const patch = (id: string, body: unknown) => server.request("PATCH", `/api/artifacts/${id}`, { body });
    expect((await patch(young.id, { data: 50.5 })).status).toBe(204);
    expect(await latest(key)).toMatchObject({ data: 50.5 });
    expect((await patch(old.id, { data: 3, description: null })).status).toBe(204);
    expect(await latest(key)).toMatchObject({ data: 50.5 });
    expect((await patch(newId(), { data: 3 })).status).toBe(404);
  });

  test("deleting the newest one brings back the one before, deleting the last one ends the collection", async () => {
    const key = aKey();
    const old = await create({ key, data: "old", description: "o" });
    const young = await create({ key, data: "young", description: "y" });
    const remove = async (id: string) => (await server.request("DELETE", `/api/artifacts/${id}`)).status;
    expect(await remove(young.id)).toBe(204);
    expect(await latest(key)).toMatchObject({ data: "old", description: "o" });
    expect(await remove(old.id)).toBe(204);
    expect((await server.request("GET", `/api/artifacts/${key}/latest`)).status).toBe(404);
    expect(await remove(old.id)).toBe(404);
    expect((await eventsOf(key)).map(([what]) => what)).toEqual(["created", "updated", "updated", "deleted"]);
  });

  test("twenty of one key at once leave one collection, whose latest exists", async () => {
    const key = aKey();
    const made = await Promise.all(Array.from({ length: 20 }, (_, data) => create({ key, data })));
    const [collection] = await list("/latest/filter", { artifacts: { key: { any_: [key] } } });
    const newest = made.find((artifact) => artifact.id === collection?.latest_id);
    expect(newest).toMatchObject({ data: collection?.data });
  });

  test("null stands for the default of every option, as Prefect's client sends it", async () => {
    const nulls = { sort: null, limit: null, offset: null, artifacts: null, flow_runs: null };
    const answer = await server.request("POST", "/api/artifacts/latest/filter", { body: nulls });
    expect(answer.status, answer.text).toBe(200);
    const flows = await server.request("POST", "/api/flows/paginate", {
      body: { sort: null, page: null, flows: null },
    });
    expect(flows.json).toMatchObject({ page: 1, limit: 200 });
  });

  describe("lists", () => {
    const key = aKey();
    const task = newId();
    test("are filtered, sorted, paged and counted", async () => {
      const flow = await given.flow();
      const run = await given.flowRun({ flow_id: flow.id });
      const table = await create({ key: `${key}-a`, type: "table", flow_run_id: run.id });
      const text = await create({ key: `${key}-b`, type: "markdown", task_run_id: task });
      const bare = await create({ type: "result", flow_run_id: run.id });
      const of = async (artifacts: unknown, rest: object = {}) =>
        (await list("/filter", { artifacts, ...rest })).map((artifact) => artifact.id);

      expect(await of({ key: { like_: key } }, { sort: "KEY_DESC" })).toEqual([text.id, table.id]);
      expect(await of({ key: { like_: key } }, { sort: "KEY_ASC", limit: 1, offset: 1 })).toEqual([text.id]);
      expect(await of({ id: { any_: [bare.id] } })).toEqual([bare.id]);
      expect(await of({ flow_run_id: { any_: [run.id] }, key: { exists_: false } })).toEqual([bare.id]);
      expect(await of({ flow_run_id: { any_: [run.id] }, type: { not_any_: ["result"] } })).toEqual([table.id]);
      expect(await of({ task_run_id: { any_: [task] } })).toEqual([text.id]);
      expect(await of(null, { flows: { id: { any_: [flow.id] } } })).toEqual([bare.id, table.id]);
      expect(await of(null, { flow_runs: { id: { any_: [] } } })).toEqual([]);
      const count = await server.request("POST", "/api/artifacts/count", {
        body: { flow_runs: { id: { any_: [run.id] } } },
      });
      expect(count.json).toBe(2);
      const latestCount = await server.request("POST", "/api/artifacts/latest/count", {
        body: { artifacts: { key: { like_: key } } },
      });
      expect(latestCount.json).toBe(2);
    });
  });
});
