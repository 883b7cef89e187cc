import { expect, test } from "vitest";
import { newId } from "../domain/ids.ts";
import { addSeconds, type Instant } from "../domain/instant.ts";
import { createLogger } from "../platform/logger.ts";
import { loadSettings } from "../platform/settings/settings.ts";
import { createConcurrencyLimit, getConcurrencyLimit } from "../resources/concurrency-limits.ts";
import { renewLease, takeSlotsWithLease } from "../resources/concurrency-slots.ts";
import { deleteLease, listExpiredLeaseIds } from "../storage/queries/concurrency-leases.ts";
import { describeEachDatabase, NOON } from "../testing/databases.ts";
import { createLeaseReaper } from "./lease-reaper.ts";

const WAITS = { tagSeconds: 10, otherSeconds: 30 };

describeEachDatabase("the lease reaper", (given) => {
  const settings = loadSettings({ env: { PREFECT_TEST_MODE: "1" } });
  const logger = createLogger({ name: "test", level: 0, write: () => {} });

  async function aHeldLimit() {
    const name = `limit-${newId()}`;
    const base = { name, limit: 2, active: true, active_slots: 0, denied_slots: 0, slot_decay_per_second: 0 };
    await createConcurrencyLimit(given.db, base, NOON);
    const request = { names: [name], slots: 1, mode: "concurrency" as const, lease_duration: 60 };
    const { lease_id } = await takeSlotsWithLease(given.db, request, WAITS, NOON);
    return { name, lease_id };
  }

  const reapAt = async (now: Instant) =>
    createLeaseReaper({ db: given.db, clock: { now: () => now }, settings, logger })?.runOnce();
  const activeAt = async (name: string, now: Instant) => (await getConcurrencyLimit(given.db, name, now)).active_slots;

  test("frees the slots of leases that were not renewed, and of no others", async () => {
    const [dead, alive] = [await aHeldLimit(), await aHeldLimit()];
    const later = addSeconds(NOON, 61);
    await renewLease(given.db, alive.lease_id, 60, addSeconds(NOON, 45));
    expect(await reapAt(later)).toEqual({ done: 1, again: false });
    expect(await activeAt(dead.name, later)).toBe(0);
    expect(await activeAt(alive.name, later)).toBe(1);
    await expect(renewLease(given.db, dead.lease_id, 60, later)).rejects.toMatchObject({ code: "GONE" });
  });

  test("leaves a lease alone that was renewed since it was found", async () => {
    const { name, lease_id } = await aHeldLimit();
    const later = addSeconds(NOON, 61);
    expect(await listExpiredLeaseIds(given.db, later, 100)).toContain(lease_id);
    await renewLease(given.db, lease_id, 60, later);
    const ended = { id: lease_id, now: later, isOnlyIfExpired: true };
    expect(await given.db.write((tx) => deleteLease(tx, ended))).toBe(false);
    expect(await activeAt(name, later)).toBe(1);
  });

  test("leaves everything alone before the time", async () => {
    const { name } = await aHeldLimit();
    expect(await reapAt(addSeconds(NOON, 59))).toEqual({ done: 0, again: false });
    expect(await activeAt(name, NOON)).toBe(1);
  });
});
