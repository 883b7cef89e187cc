import { expect, test } from "vitest";
import type { StateType } from "../../domain/states.ts";
import { aFlowRun, NOON } from "../../testing/databases.ts";
import { applyRule } from "../../testing/orchestration.ts";
import { preventPendingTransitions } from "./prevent-pending-transitions.ts";

test.each<{ from: StateType; name: string; to: string; status: string }>([
  { from: "PENDING", name: "Pending", to: "Pending", status: "ABORT" },
  { from: "PENDING", name: "Pending", to: "Submitting", status: "ACCEPT" },
  { from: "PENDING", name: "Submitting", to: "InfrastructurePending", status: "ACCEPT" },
  { from: "PENDING", name: "Submitting", to: "Submitting", status: "ABORT" },
  { from: "PENDING", name: "Submitting", to: "Pending", status: "ABORT" },
  { from: "RUNNING", name: "Running", to: "Submitting", status: "ABORT" },
  { from: "CANCELLING", name: "Cancelling", to: "Pending", status: "ABORT" },
  { from: "CANCELLED", name: "Cancelled", to: "Pending", status: "ABORT" },
  { from: "SCHEDULED", name: "Scheduled", to: "Pending", status: "ACCEPT" },
  { from: "FAILED", name: "Failed", to: "Pending", status: "ACCEPT" },
])("from $name to $to: $status", async ({ from, name, to, status }) => {
  const trial = { run: aFlowRun(), from: { type: from, name }, to: { type: "PENDING", name: to } as const };
  expect(await applyRule(preventPendingTransitions, trial)).toMatchObject({ status });
});

test("a refined PENDING keeps the scheduled time and the lease", async () => {
  const details = { scheduled_time: NOON, deployment_concurrency_lease_id: "lease" };
  const from = { type: "PENDING", state_details: details } as const;
  const { state } = await applyRule(preventPendingTransitions, {
    run: aFlowRun(),
    from,
    to: { type: "PENDING", name: "Submitting", state_details: { scheduled_time: null } },
  });
  expect(state?.details).toMatchObject(details);
});
