import { expect, test } from "vitest";
import { addSeconds } from "../domain/instant.ts";
import { systemClock } from "../platform/clock.ts";
import { createLogger } from "../platform/logger.ts";
import { loadSettings } from "../platform/settings/settings.ts";
import { findLivingOwner } from "../storage/living-owner.ts";
import { describeEachDatabase } from "../testing/databases.ts";
import { useTestServer } from "../testing/test-server.ts";
import { createServerOwnerHeartbeat } from "./server-owner-heartbeat.ts";

describeEachDatabase("the owner of a database", (given) => {
  const server = useTestServer(given);
  const base = {
    settings: loadSettings({ env: { PREFECT_TEST_MODE: "1" } }),
    logger: createLogger({ name: "test", level: 0, write: () => {} }),
  };

  test("is found by its database's URL", async () => {
    expect(await findLivingOwner(given.url)).toEqual({ url: server.running.apiUrl });
  });

  test("is the only one on SQLite; on PostgreSQL every replica is one", async () => {
    const changes: boolean[] = [];
    const context = { ...base, db: given.db, clock: systemClock };
    const second = createServerOwnerHeartbeat(context, "http://127.0.0.1:1/api", (isOwner) => changes.push(isOwner));
    await second.runOnce();
    await second.runOnce();
    expect(changes).toEqual([given.db.dialect === "postgres"]);
    await second.release();
  });

  test("one that has been silent for long is followed by the next", async () => {
    const changes: boolean[] = [];
    const later = { now: () => addSeconds(systemClock.now(), 60) };
    const next = createServerOwnerHeartbeat(
      { ...base, db: given.db, clock: later },
      "http://127.0.0.1:1/api",
      (isOwner) => changes.push(isOwner),
    );
    await next.runOnce();
    expect(changes).toEqual([true]);
    // Its heartbeat is fresh, and nobody answers at its address.
    await given.db.write((tx) =>
      tx.run({ sql: "DELETE FROM server_owner WHERE url <> ?", parameters: ["http://127.0.0.1:1/api"] }),
    );
    expect(await findLivingOwner(given.url)).toBeUndefined();
    await next.release();
  });
});

test.each(["sqlite:////tmp/prefect-ts-no-such-folder/no.db", ":memory:"])(
  "%s has none, and is not created",
  async (url) => {
    expect(await findLivingOwner(url)).toBeUndefined();
  },
);
