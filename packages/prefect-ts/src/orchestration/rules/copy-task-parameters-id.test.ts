import { expect, test } from "vitest";
import { applyRule, aTaskRun } from "../../testing/orchestration.ts";
import { copyTaskParametersId } from "./copy-task-parameters-id.ts";

test.each([
  { to: "PENDING", proposed: undefined, kept: "a" },
  { to: "RUNNING", proposed: null, kept: "a" },
  { to: "RUNNING", proposed: "b", kept: "b" },
  { to: "COMPLETED", proposed: undefined, kept: undefined },
] as const)("$to proposed with $proposed has $kept", async ({ to, proposed, kept }) => {
  const { state } = await applyRule(copyTaskParametersId, {
    run: aTaskRun(),
    from: { type: "PENDING", state_details: { task_parameters_id: "a" } },
    to: { type: to, state_details: { task_parameters_id: proposed } },
  });
  expect(state?.details.task_parameters_id).toBe(kept);
});
