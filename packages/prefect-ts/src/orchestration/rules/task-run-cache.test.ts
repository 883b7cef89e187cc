import { expect, test } from "vitest";
import { newId } from "../../domain/ids.ts";
import { addSeconds } from "../../domain/instant.ts";
import type { StateCreate } from "../../domain/states.ts";
import { describeEachDatabase, type Given, NOON } from "../../testing/databases.ts";
import { aTaskRun } from "../../testing/orchestration.ts";
import { proposeTaskRunState } from "../transition.ts";

/** The rules that remember completed states by their cache keys, over whole transitions. */

async function aRun(given: Given): Promise<string> {
  const run = aTaskRun();
  await given.db.write((tx) => tx.insert("task_run", [run]));
  return run.id;
}

function propose(given: Given, id: string, proposed: StateCreate, now = NOON) {
  return given.db.write((tx) => proposeTaskRunState(tx, { id, proposed, now }));
}

async function remember(given: Given, cache_key: string, details: object = {}, data: unknown = { storage_key: "a" }) {
  const id = await aRun(given);
  await propose(given, id, { type: "RUNNING" });
  return propose(given, id, { type: "COMPLETED", data, state_details: { cache_key, ...details } });
}

describeEachDatabase("the cache of task runs", (given) => {
  test("answers a key with the newest state that had it", async () => {
    const key = newId();
    await remember(given, key, {}, { storage_key: "old" });
    await remember(given, key, {}, { storage_key: "new" });
    const outcome = await propose(given, await aRun(given), { type: "RUNNING", state_details: { cache_key: key } });
    expect(outcome).toMatchObject({
      status: "REJECT",
      rule: "retrieve-cached-state",
      isNew: true,
      state: { type: "COMPLETED", name: "Cached", data: '{"storage_key":"new"}' },
      run: { state_name: "Cached", run_count: 0 },
    });
    const details = JSON.parse(outcome.state?.state_details ?? "{}");
    expect(details.task_run_id).toBe(outcome.run.id);
  });

  test.each([
    { what: "another key", cache_key: "other", refresh_cache: null, after: 0 },
    { what: "a refresh", cache_key: "same", refresh_cache: true, after: 0 },
    { what: "an expired state", cache_key: "same", refresh_cache: null, after: 11 },
  ])("does not answer $what", async ({ cache_key, refresh_cache, after }) => {
    const prefix = newId();
    await remember(given, `${prefix}-same`, { cache_expiration: addSeconds(NOON, 10) });
    const state_details = { cache_key: `${prefix}-${cache_key}`, refresh_cache };
    const now = addSeconds(NOON, after);
    expect(await propose(given, await aRun(given), { type: "RUNNING", state_details }, now)).toMatchObject({
      status: "ACCEPT",
      state: { name: "Running" },
    });
  });

  test("keeps the state but not a key that is too long", async () => {
    const key = "k".repeat(2001);
    expect(await remember(given, key)).toMatchObject({ status: "REJECT", state: { type: "COMPLETED" } });
    const outcome = await propose(given, await aRun(given), { type: "RUNNING", state_details: { cache_key: key } });
    expect(outcome.status).toBe("ACCEPT");
  });
});
