import { expect, test } from "vitest";
import { aFlowRun } from "../../testing/databases.ts";
import { applyRule } from "../../testing/orchestration.ts";
import { keepDeploymentLease } from "./keep-deployment-lease.ts";

test.each([
  { held: "a", proposed: undefined, kept: "a" },
  { held: "a", proposed: null, kept: "a" },
  { held: "a", proposed: "b", kept: "b" },
  { held: null, proposed: undefined, kept: undefined },
])("lease $held, proposed with $proposed: $kept", async ({ held, proposed, kept }) => {
  const { state } = await applyRule(keepDeploymentLease, {
    run: aFlowRun(),
    from: { type: "PENDING", state_details: { deployment_concurrency_lease_id: held } },
    to: { type: "RUNNING", state_details: { deployment_concurrency_lease_id: proposed } },
  });
  expect(state?.details.deployment_concurrency_lease_id).toBe(kept);
});
