import { expect, test } from "vitest";
import { applyRule, aTaskRun } from "../../testing/orchestration.ts";
import { renameReruns } from "./rename-reruns.ts";

test.each([
  { from: { type: "PENDING" }, run_count: 0, name: "Running" },
  { from: { type: "SCHEDULED", name: "AwaitingRetry" }, run_count: 1, name: "Retrying" },
  { from: { type: "FAILED" }, run_count: 1, name: "Rerunning" },
  { from: null, run_count: 1, name: "Running" },
] as const)("attempt after $run_count from $from is $name", async ({ from, run_count, name }) => {
  const { state } = await applyRule(renameReruns, { run: aTaskRun({ run_count }), from, to: "RUNNING" });
  expect(state?.name).toBe(name);
});
