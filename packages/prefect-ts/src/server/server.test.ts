import { connect } from "node:net";
import { expect, test } from "vitest";
import { loadSettings } from "../platform/settings/settings.ts";
import { findLivingOwner } from "../storage/living-owner.ts";
import { describeEachDatabase } from "../testing/databases.ts";
import { openAuthenticatedSocket } from "../testing/test-socket.ts";
import { startServer } from "./server.ts";

describeEachDatabase("a server", (given) => {
  const settings = loadSettings({ env: { PREFECT_TEST_MODE: "1" } });
  const start = (port = 0) => startServer({ settings, port, databaseUrl: given.url });

  test("closes its sockets and connections, and is no owner any more", async () => {
    const server = await start();
    const socket = await openAuthenticatedSocket(`${server.apiUrl}/events/out`);
    socket.send({ type: "filter", filter: {} });
    const idle = connect(server.port, "127.0.0.1");
    const idleEnded = new Promise((resolve) => idle.on("close", resolve));
    idle.write("GET /api/health HTTP/1.1\r\nHost: localhost\r\n\r\n");
    await new Promise((resolve) => idle.once("data", resolve));

    await server.close();
    expect((await socket.closed).code).toBe(1012);
    await idleEnded;
    await expect(fetch(`${server.apiUrl}/health`)).rejects.toThrow();
    expect(await findLivingOwner(given.url)).toBeUndefined();
    expect(await given.db.all({ sql: "SELECT id FROM server_owner", parameters: [] })).toEqual([]);
  });

  test("answers what it was asked before it closes", async () => {
    const server = await start();
    const asked = Array.from({ length: 20 }, () => fetch(`${server.apiUrl}/flows/filter`, { method: "POST" }));
    await Promise.race(asked);
    await server.close();
    const statuses = (await Promise.allSettled(asked)).map((outcome) =>
      outcome.status === "fulfilled" ? outcome.value.status : "no answer",
    );
    // A request that came too late is told to come again.
    expect(statuses.filter((status) => status !== 200 && status !== 503 && status !== "no answer")).toEqual([]);
    expect(statuses).toContain(200);
  });

  test("says what to do when the port is taken", async () => {
    const server = await start();
    await expect(start(server.port)).rejects.toThrow(
      /cannot listen on 127\.0\.0\.1:\d+: something listens there already/,
    );
    await server.close();
  });
});
