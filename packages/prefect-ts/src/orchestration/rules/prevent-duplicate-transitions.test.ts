import { expect, test } from "vitest";
import { aFlowRun } from "../../testing/databases.ts";
import { applyRule } from "../../testing/orchestration.ts";
import { preventDuplicateTransitions } from "./prevent-duplicate-transitions.ts";

test.each([
  { before: "a", now: "a", status: "REJECT" },
  { before: "a", now: "b", status: "ACCEPT" },
  { before: null, now: null, status: "ACCEPT" },
  { before: undefined, now: "a", status: "ACCEPT" },
])("transition $now after $before: $status", async ({ before, now, status }) => {
  const outcome = await applyRule(preventDuplicateTransitions, {
    run: aFlowRun(),
    from: { type: "RUNNING", state_details: { transition_id: before } },
    to: { type: "RUNNING", state_details: { transition_id: now } },
  });
  expect(outcome.status).toBe(status);
  expect(outcome.state === null).toBe(status === "REJECT");
});
