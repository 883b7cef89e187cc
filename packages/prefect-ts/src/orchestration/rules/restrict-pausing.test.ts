import { expect, test } from "vitest";
import { newId } from "../../domain/ids.ts";
import type { StateCreate, StateType } from "../../domain/states.ts";
import { aFlowRun } from "../../testing/databases.ts";
import { applyRule } from "../../testing/orchestration.ts";
import { restrictPausing } from "./restrict-pausing.ts";

const pause: StateCreate = { type: "PAUSED", state_details: { pause_key: "a" } };
const suspend: StateCreate = { type: "PAUSED", name: "Suspended", state_details: { pause_reschedule: true } };
const seen = { empirical_policy: JSON.stringify({ pause_keys: ["a"] }) };

test.each<{ from: StateType | null; to: StateCreate; run?: Parameters<typeof aFlowRun>[0]; status: string }>([
  { from: "RUNNING", to: pause, status: "ACCEPT" },
  { from: "RUNNING", to: pause, run: seen, status: "REJECT" },
  { from: "RUNNING", to: suspend, run: { deployment_id: newId() }, status: "ACCEPT" },
  { from: "RUNNING", to: suspend, status: "ABORT" },
  { from: "RUNNING", to: suspend, run: { deployment_id: newId(), parent_task_run_id: newId() }, status: "ABORT" },
  { from: "PENDING", to: pause, status: "REJECT" },
  { from: null, to: pause, status: "ABORT" },
])("from $from to $to of $run: $status", async ({ from, to, run, status }) => {
  expect((await applyRule(restrictPausing, { run: aFlowRun(run), from, to })).status).toBe(status);
});

test.each([
  { to: pause, keys: ["b", "a"] },
  { to: { type: "PAUSED" } as const, keys: ["b", expect.any(String)] },
])("the pause is remembered", async ({ to, keys }) => {
  const run = aFlowRun({ empirical_policy: '{"pause_keys":["b"],"retries":3}' });
  const outcome = await applyRule(restrictPausing, { run, from: "RUNNING", to });
  expect(JSON.parse(outcome.run.empirical_policy)).toMatchObject({ pause_keys: keys, retries: 3 });
});

test("a refused pause is not remembered", async () => {
  const run = aFlowRun();
  const outcome = await applyRule(restrictPausing, { run, from: "PENDING", to: pause });
  expect(outcome.run).toEqual(run);
});
