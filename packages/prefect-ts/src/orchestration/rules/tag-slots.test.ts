import { expect, test } from "vitest";
import { newId } from "../../domain/ids.ts";
import type { StateCreate, StateType } from "../../domain/states.ts";
import { insertConcurrencyLimit } from "../../storage/queries/concurrency-limits.ts";
import { listActiveSlots } from "../../storage/queries/concurrency-slots.ts";
import type { ConcurrencyLimitRow } from "../../storage/tables.ts";
import { describeEachDatabase, type Given, NOON } from "../../testing/databases.ts";
import { aTaskRun } from "../../testing/orchestration.ts";
import { proposeTaskRunState, type TaskRunProposal } from "../transition.ts";

/** The rules that take and free slots of tags, over whole transitions. */

async function aTag(given: Given, slots: number, values: Partial<ConcurrencyLimitRow> = {}) {
  const id = newId();
  const limit: ConcurrencyLimitRow = {
    id,
    created: NOON,
    updated: NOON,
    name: `tag:${id}`,
    active: 1,
    limit: slots,
    slot_decay_per_second: 0,
    avg_slot_occupancy_seconds: 2,
    denied_slots: 0,
    denied_at: NOON,
    ...values,
  };
  await given.db.write((tx) => insertConcurrencyLimit(tx, limit));
  return { tag: id, taken: async () => (await listActiveSlots(given.db, [limit], NOON)).get(id) };
}

async function aRunWith(given: Given, ...tags: string[]): Promise<string> {
  const run = aTaskRun({ tags: JSON.stringify(tags) });
  await given.db.write((tx) => tx.insert("task_run", [run]));
  return run.id;
}

function propose(given: Given, id: string, to: StateType | StateCreate, how: Partial<TaskRunProposal> = {}) {
  const proposed = typeof to === "string" ? { type: to } : to;
  return given.db.write((tx) => proposeTaskRunState(tx, { id, proposed, now: NOON, ...how }));
}

describeEachDatabase("slots of tags", (given) => {
  test("are taken by RUNNING, waited for by others, and freed by the end", async () => {
    const { tag, taken } = await aTag(given, 1);
    const [first, second] = [await aRunWith(given, tag), await aRunWith(given, tag, "other")];
    expect((await propose(given, first, "RUNNING")).status).toBe("ACCEPT");
    const refused = await propose(given, second, "RUNNING");
    expect(refused).toMatchObject({ status: "WAIT", rule: "secure-tag-slots", isNew: false });
    // Around the 2 seconds that slots are held on average.
    expect(refused.details).toMatchObject({ delay_seconds: expect.toBeOneOf([1, 2, 3]) });
    await propose(given, first, "COMPLETED");
    expect(await taken()).toBe(0);
    expect((await propose(given, second, "RUNNING")).status).toBe("ACCEPT");
  });

  test("are taken of all tags or of none", async () => {
    const [full, free] = [await aTag(given, 1), await aTag(given, 1)];
    await propose(given, await aRunWith(given, full.tag), "RUNNING");
    expect((await propose(given, await aRunWith(given, free.tag, full.tag), "RUNNING")).status).toBe("WAIT");
    expect(await free.taken()).toBe(0);
  });

  test.each([
    { slots: 0, active: 1, status: "ABORT" },
    { slots: 0, active: 0, status: "ACCEPT" },
  ] as const)("of a limit of $slots, active $active: $status", async ({ slots, active, status }) => {
    const { tag } = await aTag(given, slots, { active });
    expect((await propose(given, await aRunWith(given, tag), "RUNNING")).status).toBe(status);
  });

  test("are given back when a rule below makes the run wait", async () => {
    const { tag, taken } = await aTag(given, 1);
    const id = await aRunWith(given, tag);
    const later = (NOON + 60_000_000) as typeof NOON;
    await propose(given, id, { type: "SCHEDULED", state_details: { scheduled_time: later } });
    expect(await propose(given, id, "RUNNING")).toMatchObject({ status: "WAIT", rule: "wait-for-scheduled-time" });
    expect(await taken()).toBe(0);
  });

  test("are freed by a forced end and kept while the run is cancelling", async () => {
    const { tag, taken } = await aTag(given, 1);
    const id = await aRunWith(given, tag);
    await propose(given, id, "RUNNING");
    await propose(given, id, "CANCELLING");
    expect(await taken()).toBe(1);
    await propose(given, id, "CANCELLED", { force: true });
    expect(await taken()).toBe(0);
  });

  test("do not limit deferred tasks", async () => {
    const { tag } = await aTag(given, 0);
    const deferred = { type: "RUNNING", state_details: { deferred: true } } as const;
    expect((await propose(given, await aRunWith(given, tag), deferred)).status).toBe("ACCEPT");
  });
});
