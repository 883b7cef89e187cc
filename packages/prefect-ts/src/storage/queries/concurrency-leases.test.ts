import { describe, expect, test } from "vitest";
import { newId } from "../../domain/ids.ts";
import { addSeconds } from "../../domain/instant.ts";
import { describeEachDatabase, type Given, NOON } from "../../testing/databases.ts";
import type { ConcurrencyLimitRow } from "../tables.ts";
import * as leases from "./concurrency-leases.ts";
import * as limits from "./concurrency-limits.ts";
import * as slots from "./concurrency-slots.ts";

function aLimit(values: Partial<ConcurrencyLimitRow> = {}): ConcurrencyLimitRow {
  const id = newId();
  return {
    id,
    created: NOON,
    updated: NOON,
    name: `limit-${id}`,
    active: 1,
    limit: 1,
    slot_decay_per_second: 0,
    avg_slot_occupancy_seconds: 2,
    denied_slots: 0,
    denied_at: NOON,
    ...values,
  };
}

async function stored(given: Given, values: Partial<ConcurrencyLimitRow> = {}): Promise<ConcurrencyLimitRow> {
  const row = aLimit(values);
  await given.db.write((tx) => limits.insertConcurrencyLimit(tx, row));
  return row;
}

async function active(given: Given, limit: ConcurrencyLimitRow, now = NOON): Promise<number | undefined> {
  const row = (await limits.findConcurrencyLimit(given.db, limit.id)) ?? limit;
  return (await slots.listActiveSlots(given.db, [row], now)).get(limit.id);
}

function claim(given: Given, rows: readonly ConcurrencyLimitRow[], values: Partial<leases.LeaseClaim> = {}) {
  const limitIds = rows.map((row) => row.id);
  const base = { limitIds, slots: 1, now: NOON, expiration: addSeconds(NOON, 300), holder: null };
  return given.db.write((tx) => leases.claimLease(tx, { ...base, ...values }));
}

function take(given: Given, rows: readonly ConcurrencyLimitRow[], count = 1, now = NOON) {
  return given.db.write((tx) =>
    slots.claimSlots(tx, { limitIds: rows.map((row) => row.id), slots: count, now, leaseId: null }),
  );
}

describeEachDatabase("concurrency slots", (given) => {
  describe("under a lease", () => {
    test("go to as many of many claimers as there are slots", async () => {
      const limit = await stored(given, { limit: 3 });
      const won = await Promise.all(Array.from({ length: 10 }, () => claim(given, [limit])));
      expect(won.filter((id) => id !== undefined)).toHaveLength(3);
      expect(await active(given, limit)).toBe(3);
    });

    test("are taken of all limits or of none, whatever the order of the names", async () => {
      const [wide, narrow] = [await stored(given, { limit: 5 }), await stored(given, { limit: 1 })];
      const won = await Promise.all(
        Array.from({ length: 8 }, (_, index) => claim(given, index % 2 === 0 ? [wide, narrow] : [narrow, wide])),
      );
      expect(won.filter((id) => id !== undefined)).toHaveLength(1);
      expect([await active(given, wide), await active(given, narrow)]).toEqual([1, 1]);
    });

    test("are free again when the lease ends, once", async () => {
      const limit = await stored(given);
      const id = (await claim(given, [limit])) ?? "";
      expect(await given.db.write((tx) => leases.deleteLease(tx, { id, now: NOON }))).toBe(true);
      expect(await given.db.write((tx) => leases.deleteLease(tx, { id, now: NOON }))).toBe(false);
      expect(await active(given, limit)).toBe(0);
      expect(await claim(given, [limit])).toBeDefined();
    });

    test("of an expired lease go to the next claimer, and the lease cannot be renewed then", async () => {
      const limit = await stored(given);
      const id = (await claim(given, [limit])) ?? "";
      const late = addSeconds(NOON, 301);
      expect(await claim(given, [limit], { now: late, expiration: addSeconds(late, 300) })).toBeDefined();
      expect(await given.db.write((tx) => leases.updateLeaseExpiration(tx, id, addSeconds(late, 300)))).toBe(false);
    });

    test("stay when an overdue lease is renewed before anybody wants them", async () => {
      const limit = await stored(given);
      const id = (await claim(given, [limit])) ?? "";
      const late = addSeconds(NOON, 301);
      expect(await leases.listExpiredLeaseIds(given.db, late, 100)).toContain(id);
      expect(await given.db.write((tx) => leases.updateLeaseExpiration(tx, id, addSeconds(late, 300)))).toBe(true);
      expect(await claim(given, [limit], { now: late })).toBeUndefined();
    });

    test("stay for ever when the lease becomes anonymous, and go with its id", async () => {
      const limit = await stored(given);
      const id = (await claim(given, [limit])) ?? "";
      await given.db.write((tx) => leases.updateLeaseToAnonymous(tx, id));
      expect(await claim(given, [limit], { now: addSeconds(NOON, 1e6) })).toBeUndefined();
      expect(await given.db.write((tx) => leases.updateLeaseExpiration(tx, id, NOON))).toBe(false);
      await given.db.write((tx) => leases.deleteLease(tx, { id, now: NOON }));
      expect(await active(given, limit)).toBe(0);
    });

    test("count how long they were held", async () => {
      const limit = await stored(given, { limit: 5 });
      const id = (await claim(given, [limit])) ?? "";
      const ended = { id, now: addSeconds(NOON, 12), isOccupancyCounted: true };
      await given.db.write((tx) => leases.deleteLease(tx, ended));
      const row = await limits.findConcurrencyLimit(given.db, limit.id);
      expect(row?.avg_slot_occupancy_seconds).toBeCloseTo(3);
    });

    test("are found by their holder on limits of a prefix", async () => {
      const holder = { type: "task_run", id: newId() };
      const tagged = await stored(given, { name: `tag:${newId()}` });
      const id = await claim(given, [tagged], { holder, expiration: null });
      await claim(given, [await stored(given)], { holder });
      expect(await leases.listLeaseIdsByHolder(given.db, holder, "tag:")).toEqual([id]);
      expect(await leases.listLeasesByLimit(given.db, [tagged.id], NOON)).toMatchObject([
        { lease_id: id, holder_id: holder.id, slots: 1 },
      ]);
    });

    test("of an inactive limit are free to all and held by nobody", async () => {
      const limit = await stored(given, { active: 0, limit: 0 });
      expect(await claim(given, [limit])).toBeDefined();
      expect(await active(given, limit)).toBe(0);
    });
  });

  describe("without a lease", () => {
    test("are counted beside leases and never fall below none", async () => {
      const limit = await stored(given, { limit: 3 });
      await claim(given, [limit]);
      expect(await take(given, [limit], 2)).toBe(true);
      expect(await take(given, [limit])).toBe(false);
      await given.db.write((tx) => slots.deleteSlots(tx, [limit.id], 5, NOON));
      expect(await active(given, limit)).toBe(1);
    });

    test("free themselves on a limit that decays", async () => {
      const limit = await stored(given, { limit: 2, slot_decay_per_second: 1 });
      expect(await take(given, [limit], 2)).toBe(true);
      expect(await take(given, [limit], 1, addSeconds(NOON, 0.5))).toBe(false);
      expect(await take(given, [limit], 1, addSeconds(NOON, 1.5))).toBe(true);
      expect(await active(given, limit, addSeconds(NOON, 1.9))).toBe(2);
      expect(await active(given, limit, addSeconds(NOON, 2.1))).toBe(1);
    });

    test("cannot be freed by naming the limit as the lease", async () => {
      const limit = await stored(given);
      await take(given, [limit]);
      expect(await given.db.write((tx) => leases.deleteLease(tx, { id: limit.id, now: NOON }))).toBe(false);
      expect(await active(given, limit)).toBe(1);
    });
  });

  test("a decaying limit takes back early what a lease held of it", async () => {
    const limit = await stored(given, { limit: 4, slot_decay_per_second: 0.1 });
    const id = (await claim(given, [limit], { slots: 3 })) ?? "";
    expect(await active(given, limit)).toBe(3);
    await given.db.write((tx) => leases.deleteLease(tx, { id, now: addSeconds(NOON, 1) }));
    expect(await active(given, limit, addSeconds(NOON, 1))).toBe(0);
  });

  test("as many are taken after a change of decay as before", async () => {
    const limit = await stored(given, { limit: 4 });
    const id = (await claim(given, [limit])) ?? "";
    await take(given, [limit], 2);
    await given.db.write((tx) => slots.updateSlotDecay(tx, limit.id, 0.01, NOON));
    expect(await active(given, limit)).toBe(3);
    await given.db.write((tx) => slots.updateSlotDecay(tx, limit.id, 0, NOON));
    expect(await active(given, limit)).toBe(3);
    await given.db.write((tx) => leases.deleteLease(tx, { id, now: NOON }));
    expect(await active(given, limit)).toBe(2);
  });

  test("can be set by decree", async () => {
    const limit = await stored(given, { limit: 4 });
    const id = (await claim(given, [limit], { slots: 3 })) ?? "";
    await given.db.write((tx) => slots.updateActiveSlots(tx, limit.id, 1, NOON));
    expect(await active(given, limit)).toBe(1);
    await given.db.write((tx) => leases.deleteLease(tx, { id, now: NOON }));
    expect(await active(given, limit)).toBe(1);
  });

  test("denials add up and are forgotten", async () => {
    const limit = await stored(given, { limit: 1 });
    const denial = { limits: [limit], slots: 3, now: NOON, longestWaitSeconds: () => 30 };
    await given.db.write((tx) => limits.updateDeniedSlots(tx, denial));
    const [later] = await given.db.write((tx) =>
      limits.updateDeniedSlots(tx, { ...denial, slots: 1, now: addSeconds(NOON, 4) }),
    );
    expect(later?.denied_slots).toBe(2);
  });

  test("a deleted limit leaves no slots behind, and its leases can still be renewed", async () => {
    const limit = await stored(given, { limit: 4 });
    const id = (await claim(given, [limit])) ?? "";
    await take(given, [limit]);
    expect(await given.db.write((tx) => limits.deleteConcurrencyLimit(tx, limit.id))).toBe(true);
    expect(await given.db.write((tx) => leases.updateLeaseExpiration(tx, id, addSeconds(NOON, 900)))).toBe(true);
    expect(await leases.findLease(given.db, limit.id)).toBeUndefined();
  });
});
