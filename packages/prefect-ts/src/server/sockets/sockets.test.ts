import { describe, expect, test } from "vitest";
import { newId } from "../../domain/ids.ts";
import { describeEachDatabase } from "../../testing/databases.ts";
import { type TestServer, useTestServer } from "../../testing/test-server.ts";
import { openAuthenticatedSocket, openTestSocket } from "../../testing/test-socket.ts";

const isoNow = (offsetMs = 0) => new Date(Date.now() + offsetMs).toISOString();

function anEvent(resourceId: string, values: Record<string, unknown> = {}) {
  const id = newId();
  return { id, occurred: isoNow(), event: "test.happened", resource: { "prefect.resource.id": resourceId }, ...values };
}

function eventsOf(server: TestServer, resourceId: string, message: Record<string, unknown> = {}) {
  return subscribe(server, "/events/out", { filter: { resource: { id: [resourceId] } }, ...message });
}

async function subscribe(server: TestServer, path: string, message: Record<string, unknown>) {
  const socket = await openAuthenticatedSocket(server.running.apiUrl + path);
  socket.send({ type: "filter", ...message });
  return socket;
}

const idsOf = (frames: readonly unknown[]) => frames.map((frame) => (frame as { event: { id: string } }).event.id);

describeEachDatabase("sockets", (given) => {
  describe("as they come", () => {
    const server = useTestServer(given);
    const urlOf = (path: string) => server.running.apiUrl + path;
    const post = async (events: unknown[]) => {
      expect((await server.request("POST", "/api/events", { body: events })).status).toBe(204);
    };

    test.each(["/events/in", "/events/out", "/logs/out"])("%s answers a ping before the handshake", async (path) => {
      const socket = await openTestSocket(urlOf(path));
      expect(socket.protocol).toBe("prefect");
      await socket.ping();
      socket.send({ type: "auth", token: null });
      expect(await socket.next()).toEqual({ type: "auth_success" });
      socket.close();
      await socket.closed;
    });

    test.each([
      ["another message", { type: "filter", filter: {} }],
      ["no JSON", "hello"],
      ["a list", []],
    ])("%s instead of auth closes with 1008", async (_, message) => {
      const socket = await openTestSocket(urlOf("/events/out"));
      socket.send(message);
      expect(await socket.closed).toEqual({ code: 1008, reason: "Expected 'auth' message" });
    });

    test("a worker's channel and unknown paths are not there", async () => {
      await expect(openTestSocket(urlOf("/work_pools/p/workers/connect"))).rejects.toThrow("refused with 404");
    });

    test("pages of elsewhere are refused", async () => {
      const headers = { origin: "https://evil.example" };
      await expect(openTestSocket(urlOf("/events/in"), { headers })).rejects.toThrow("refused with 403");
    });

    test("a pong means that everything before is stored", async () => {
      const resource = `test.${newId()}`;
      const socket = await openAuthenticatedSocket(urlOf("/events/in"));
      const sent = Array.from({ length: 700 }, () => anEvent(resource));
      for (const event of sent) socket.send(event);
      await socket.ping();
      const rows = await given.db.all<{ id: string }>({
        sql: "SELECT id FROM event WHERE resource_id = ?",
        parameters: [resource],
      });
      expect(rows.map((row) => row.id).sort()).toEqual(sent.map((event) => event.id).sort());
      socket.close();
    });

    test("an event that is sent again is stored once", async () => {
      const resource = `test.${newId()}`;
      const event = anEvent(resource);
      for (let attempt = 0; attempt < 2; attempt += 1) {
        const socket = await openAuthenticatedSocket(urlOf("/events/in"));
        socket.send(event);
        await socket.ping();
        socket.close();
      }
      const rows = await given.db.all({ sql: "SELECT id FROM event WHERE resource_id = ?", parameters: [resource] });
      expect(rows.length).toBe(1);
    });

    test("old clients that offer no protocol begin at once", async () => {
      const resource = `test.${newId()}`;
      const socket = await openTestSocket(urlOf("/events/in"), { protocols: [] });
      socket.send(anEvent(resource));
      await socket.ping();
      const rows = await given.db.all({ sql: "SELECT id FROM event WHERE resource_id = ?", parameters: [resource] });
      expect(rows.length).toBe(1);
      socket.close();
    });

    test.each([
      ["broken JSON", "{"],
      ["an event without a resource", { ...anEvent("x"), resource: {} }],
      ["a list", []],
    ])("%s ends the stream with a reason, and what came before is stored", async (_, broken) => {
      const resource = `test.${newId()}`;
      const socket = await openAuthenticatedSocket(urlOf("/events/in"));
      socket.send(anEvent(resource));
      socket.send(broken);
      expect(await socket.closed).toMatchObject({ code: 1008, reason: expect.stringMatching(/^Invalid event: /) });
      await expect
        .poll(() => given.db.all({ sql: "SELECT id FROM event WHERE resource_id = ?", parameters: [resource] }))
        .toHaveLength(1);
      expect(server.logLines.at(-1)).toContain("Invalid event");
    });

    test("stored events come first, live ones after them, none twice", async () => {
      const resource = `test.${newId()}`;
      const stored = Array.from({ length: 600 }, (_, index) => anEvent(resource, { occurred: isoNow(index - 60_000) }));
      await post(stored);
      const socket = await eventsOf(server, resource);
      const live = Array.from({ length: 5 }, () => anEvent(resource));
      const frames = [await socket.next()];
      for (const event of live) await post([event]);
      while (frames.length < 605) frames.push(await socket.next());
      expect(idsOf(frames)).toEqual([...stored, ...live].map((event) => event.id));
      expect(socket.unread).toEqual([]);
      socket.close();
    });

    test("an event has the form of the reference", async () => {
      const resource = `test.${newId()}`;
      const related = [{ "prefect.resource.id": "other", "prefect.resource.role": "flow" }];
      const event = anEvent(resource, { occurred: "2099-01-01T00:00:00.123456Z", related, payload: { a: 1 } });
      const socket = await eventsOf(server, resource, { backfill: false });
      await socket.ping();
      await post([event]);
      const received = expect.stringMatching(/Z$/);
      expect(await socket.next()).toEqual({ type: "event", event: { ...event, follows: null, received } });
      socket.close();
    });

    test.each([
      ["by name", { event: { name: ["test.wanted"] } }],
      ["by prefix", { event: { prefix: ["test.want"] } }],
      ["by related resource", { related: { role: ["flow"], id: ["wanted"] } }],
      ["by any resource", { any_resource: [{ id_prefix: ["wan"] }] }],
      ["by label", { resource: { labels: { colour: ["re*"] } } }],
      ["by text", { text: { query: "wanted -nothing" } }],
    ])("streams what a filter asks for: %s", async (_, filter) => {
      const mark = `test.${newId()}`;
      const socket = await subscribe(server, "/events/out", {
        filter: { ...filter, occurred: { until: isoNow(1e9) } },
        backfill: false,
      });
      await socket.ping();
      const other = anEvent(mark);
      const wanted = anEvent(mark, {
        event: "test.wanted",
        resource: { "prefect.resource.id": mark, colour: "red" },
        related: [{ "prefect.resource.id": "wanted", "prefect.resource.role": "flow" }],
      });
      await post([other, wanted]);
      expect(idsOf([await socket.next()])).toEqual([wanted.id]);
      socket.close();
    });

    test.each([
      ["/events/out", { nope: 1 }],
      ["/events/out", { event: { name: "not a list" } }],
      ["/logs/out", { level: "high" }],
    ])("%s closes for the filter %j with the reason", async (path, filter) => {
      const socket = await subscribe(server, path, { filter });
      expect(await socket.closed).toMatchObject({ code: 1002, reason: expect.stringMatching(/^Invalid filter: /) });
    });

    test("another message instead of a filter closes", async () => {
      const socket = await subscribe(server, "/logs/out", { type: "hello" });
      expect(await socket.closed).toEqual({ code: 1002, reason: "Expected 'filter' message" });
    });

    test("log lines are streamed as the list answers them", async () => {
      const run = newId();
      const filter = { flow_run_id: { any_: [run] }, level: { ge_: 20 } };
      const socket = await subscribe(server, "/logs/out", { filter });
      await socket.ping();
      const line = { name: "a", level: 20, message: "m", timestamp: isoNow(), flow_run_id: run };
      const body = [{ ...line, level: 10 }, { ...line, flow_run_id: newId() }, line];
      expect((await server.request("POST", "/api/logs/", { body })).status).toBe(201);
      const listed = await server.request("POST", "/api/logs/filter", { body: { logs: filter } });
      expect(await socket.next()).toEqual({ type: "log", log: (listed.json as unknown[])[0] });
      expect(socket.unread).toEqual([]);
      socket.close();
    });
  });

  describe("with a password", () => {
    const server = useTestServer(given, { PREFECT_SERVER_API_AUTH_STRING: "admin:pass" });

    test.each([
      [null, "Auth required but no token provided"],
      ["admin:wrong", "Invalid token"],
    ])("the token %s is refused", async (token, reason) => {
      const socket = await openTestSocket(`${server.running.apiUrl}/events/in`);
      socket.send({ type: "auth", token });
      expect(await socket.closed).toEqual({ code: 1008, reason });
    });

    test("the right one is accepted, and clients without the protocol are not", async () => {
      const socket = await openAuthenticatedSocket(`${server.running.apiUrl}/events/in`, "admin:pass");
      socket.close();
      const bare = openTestSocket(`${server.running.apiUrl}/events/in`, { protocols: [] });
      await expect(bare).rejects.toThrow("refused with 403");
    });
  });
});
