import { describe, expect, test } from "vitest";
import { newId } from "../../domain/ids.ts";
import { describeEachDatabase } from "../../testing/databases.ts";
import { useTestServer } from "../../testing/test-server.ts";

const BASE = "/api/v2/concurrency_limits";

interface Limit {
  id: string;
  name: string;
  active_slots: number;
}

describeEachDatabase("concurrency limits over HTTP", (given) => {
  const server = useTestServer(given);
  const post = (path: string, body: unknown) => server.request("POST", BASE + path, { body });

  async function aLimit(values: Record<string, unknown> = {}): Promise<Limit> {
    const answer = await post("/", { name: `limit-${newId()}`, limit: 2, ...values });
    expect(answer.status, answer.text).toBe(201);
    return answer.json as Limit;
  }
  const read = async (idOrName: string) => (await server.request("GET", `${BASE}/${idOrName}`)).json as Limit;
  const take = (name: string, slots = 1, rest: object = {}) => post("/increment", { names: [name], slots, ...rest });
  const lease = (name: string, rest: object = {}) =>
    post("/increment-with-lease", { names: [name], slots: 1, ...rest });

  describe("the limits", () => {
    test("are created, read by id and name, changed and deleted, each with its event", async () => {
      const limit = await aLimit();
      expect(limit).toMatchObject({
        active: true,
        limit: 2,
        active_slots: 0,
        denied_slots: 0,
        slot_decay_per_second: 0,
        avg_slot_occupancy_seconds: 2,
      });
      expect(await read(limit.name)).toEqual(await read(limit.id));
      const patch = await server.request("PATCH", `${BASE}/${limit.name}`, { body: { limit: 5, active: false } });
      expect(patch.status).toBe(204);
      expect(await read(limit.id)).toMatchObject({ limit: 5, active: false, name: limit.name });
      expect((await server.request("DELETE", `${BASE}/${limit.id}`)).status).toBe(204);
      expect((await server.request("GET", `${BASE}/${limit.id}`)).status).toBe(404);
      expect((await server.request("DELETE", `${BASE}/${limit.id}`)).status).toBe(404);
      const events = await given.db.all<{ event: string }>({
        sql: "SELECT event FROM event WHERE resource_id = ? ORDER BY id",
        parameters: [`prefect.concurrency-limit.${limit.id}`],
      });
      expect(events.map(({ event }) => event.split(".").at(-1))).toEqual(["created", "updated", "deleted"]);
    });

    test("a name is given once", async () => {
      const { name } = await aLimit();
      expect((await post("/", { name, limit: 1 })).status).toBe(409);
    });

    test("slots can be set by decree", async () => {
      const { name } = await aLimit({ active_slots: 1 });
      expect(await read(name)).toMatchObject({ active_slots: 1 });
      await server.request("PATCH", `${BASE}/${name}`, { body: { active_slots: 2 } });
      expect((await take(name)).status).toBe(423);
    });

    test("are listed by name", async () => {
      const prefix = newId();
      await aLimit({ name: `${prefix}-b` });
      await aLimit({ name: `${prefix}-a` });
      const names = ((await post("/filter", {})).json as Limit[]).map((limit) => limit.name);
      const ours = names.filter((name) => name.startsWith(prefix));
      expect(ours).toEqual([`${prefix}-a`, `${prefix}-b`]);
    });
  });

  describe("slots", () => {
    test("are given until there are none left, then 423 says when to ask again", async () => {
      const { id, name } = await aLimit();
      expect(await take(name, 2)).toMatchObject({ status: 200, json: [{ id, name, limit: 2 }] });
      const refused = await take(name);
      expect(refused).toMatchObject({ status: 423, json: { detail: "Locked" } });
      expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
      expect(await read(name)).toMatchObject({ active_slots: 2 });
      expect((await post("/decrement", { names: [name], slots: 1, occupancy_seconds: 5 })).status).toBe(200);
      expect((await take(name)).status).toBe(200);
    });

    test("are taken of all limits or of none", async () => {
      const [free, full] = [await aLimit(), await aLimit()];
      await take(full.name, 2);
      expect((await post("/increment", { names: [free.name, full.name], slots: 1 })).status).toBe(423);
      expect(await read(free.name)).toMatchObject({ active_slots: 0 });
    });

    test("fifty who ask at once get as many as there are", async () => {
      const { name } = await aLimit({ limit: 7 });
      const answers = await Promise.all(Array.from({ length: 50 }, () => take(name)));
      const statuses = answers.map(({ status }) => status);
      expect(statuses.filter((status) => status === 200).length).toBe(7);
      expect(statuses.filter((status) => status === 423).length).toBe(43);
      expect(await read(name)).toMatchObject({ active_slots: 7 });
    });

    test("nobody has to have made the limit", async () => {
      expect(await take(`none-${newId()}`)).toMatchObject({ status: 200, json: [] });
      const leased = await lease(`none-${newId()}`);
      expect(leased.json).toMatchObject({ lease_id: expect.any(String), limits: [] });
      expect(await post("/decrement", { names: ["none"], slots: 1 })).toMatchObject({ status: 200, json: [] });
    });

    test("a limit that is not active is named and never full", async () => {
      const { name } = await aLimit({ limit: 0, active: false });
      expect(await take(name, 3)).toMatchObject({ status: 200, json: [{ name }] });
    });

    test("more than there will ever be, and a rate of a limit without one, are refused at once", async () => {
      const { name } = await aLimit();
      expect(await take(name, 3)).toMatchObject({
        status: 422,
        json: { detail: expect.stringContaining("greater than the limit") },
      });
      expect(await take(name, 1, { mode: "rate_limit" })).toMatchObject({
        status: 422,
        json: { detail: expect.stringContaining(name) },
      });
    });

    test("of a decaying limit come back by themselves", async () => {
      const { name } = await aLimit({ limit: 1, slot_decay_per_second: 1000 });
      expect((await take(name, 1, { mode: "rate_limit" })).status).toBe(200);
      await expect.poll(async () => (await take(name, 1, { mode: "rate_limit" })).status).toBe(200);
    });
  });

  describe("leases", () => {
    test("hold slots until they are given back, which may be said twice", async () => {
      const { name } = await aLimit({ limit: 1 });
      const { lease_id } = (await lease(name, { holder: { type: "flow_run", id: newId() } })).json as {
        lease_id: string;
      };
      expect((await lease(name)).status).toBe(423);
      expect((await post(`/leases/${lease_id}/renew`, { lease_duration: 60 })).status).toBe(204);
      expect((await post("/decrement-with-lease", { lease_id })).status).toBe(204);
      expect((await post("/decrement-with-lease", { lease_id })).status).toBe(204);
      expect(await read(name)).toMatchObject({ active_slots: 0 });
      expect(await post(`/leases/${lease_id}/renew`, {})).toMatchObject({ status: 410 });
    });

    test.each([[59], [86_401]])("last no %i seconds", async (lease_duration) => {
      expect((await lease("any", { lease_duration })).status).toBe(422);
    });
  });
});
