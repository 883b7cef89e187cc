import fc from "fast-check";
import { expect, test } from "vitest";
import { addMs, type Instant } from "../domain/instant.ts";
import { isTerminal, type StateCreate, stateTypes } from "../domain/states.ts";
import type { FlowRunRow, FlowRunStateRow } from "../storage/tables.ts";
import { aFlowRun, describeEachDatabase, type Given, NOON } from "../testing/databases.ts";
import { insertFlowRunInState, proposeFlowRunState } from "./transition.ts";

/** Whatever is proposed for a run, in whatever order, its row and its states say the same. */

interface Step {
  readonly proposed: StateCreate;
  readonly force: boolean;
  readonly afterMs: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  proposed: fc.record(
    {
      type: fc.constantFrom(...stateTypes),
      name: fc.constantFrom("Late", "AwaitingRetry", "Submitting", "Suspended"),
      data: fc.constantFrom(null, { type: "unpersisted" }, { storage_key: "a" }),
      state_details: fc.record(
        {
          scheduled_time: fc.constantFrom(NOON, addMs(NOON, 1e7)),
          pause_key: fc.constantFrom("a", "b"),
          pause_reschedule: fc.boolean(),
          pause_timeout: fc.constantFrom(NOON, addMs(NOON, 1e7)),
          transition_id: fc.constantFrom("t1", "t2"),
        },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: ["type"] },
  ),
  force: fc.boolean(),
  // The clock may stand still or go back.
  afterMs: fc.constantFrom(0, 0, 1, 1500, -1),
});

async function live(given: Given, steps: readonly Step[], retries: number | null) {
  const flow = await given.flow();
  const run = aFlowRun({ flow_id: flow.id, empirical_policy: JSON.stringify({ retries }) });
  const { db } = given;
  await db.write((tx) => insertFlowRunInState(tx, { run, proposed: { type: "PENDING" }, now: NOON }));
  let now: Instant = NOON;
  let attempts = 0;
  let written = 1;
  for (const { proposed, force, afterMs } of steps) {
    now = addMs(now, afterMs);
    const before = await stored(given, run.id);
    const outcome = await db.write((tx) => proposeFlowRunState(tx, { id: run.id, proposed, force, now }));
    // A run that has ended and runs again starts anew, unless it is forced past the rule that says so.
    const startsAnew = isTerminal(before.state_type) && !force;
    const isResuming = JSON.parse(before.empirical_policy).resuming === true && !startsAnew;
    if (outcome.isNew) written += 1;
    if (outcome.isNew && outcome.state?.type === "RUNNING" && !isResuming) attempts += 1;
    expect(outcome.run).toEqual({ ...(await stored(given, run.id)) });
    if (outcome.status === "ACCEPT") expect(outcome.state?.type).toBe(proposed.type);
    else expect(outcome.rule).not.toBeNull();
  }
  return { run: await stored(given, run.id), attempts, written };
}

async function stored(given: Given, id: string): Promise<FlowRunRow> {
  const row = await given.db.get<FlowRunRow>({ sql: "SELECT * FROM flow_run WHERE id = ?", parameters: [id] });
  if (row === undefined) throw new Error(`${id} was not stored`);
  return row;
}

describeEachDatabase("a run", (given) => {
  test("is consistent after any sequence of proposals", async () => {
    const runs = given.db.dialect === "sqlite" ? 60 : 20;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 14 }), fc.constantFrom(null, 0, 1), async (steps, retries) => {
        const { run, attempts, written } = await live(given, steps, retries);
        const sql = "SELECT * FROM flow_run_state WHERE flow_run_id = ? ORDER BY timestamp";
        const states = await given.db.all<FlowRunStateRow>({ sql, parameters: [run.id] });
        const events = await given.db.all<{ id: string }>({
          sql: "SELECT id FROM event WHERE resource_id = ? ORDER BY occurred",
          parameters: [`prefect.flow-run.${run.id}`],
        });
        const last = states.at(-1);

        expect(states).toHaveLength(written);
        expect(new Set(states.map((state) => state.timestamp)).size).toBe(written);
        expect(events.map((event) => event.id)).toEqual(states.map((state) => state.id));
        expect([run.state_id, run.state_type, run.state_name]).toEqual([last?.id, last?.type, last?.name]);
        expect(run.state_timestamp).toBe(last?.timestamp);
        expect(run.run_count).toBe(attempts);
        expect(run.end_time !== null).toBe(isTerminal(run.state_type));
        expect(run.next_scheduled_start_time !== null).toBe(run.state_type === "SCHEDULED");
        expect(run.start_time === null).toBe(
          !states.some((state) => state.type === "RUNNING" || isTerminal(state.type)),
        );
        expect(run.total_run_time).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: runs },
    );
  });
});
