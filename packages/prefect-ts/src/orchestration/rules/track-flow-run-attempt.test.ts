import { expect, test } from "vitest";
import { newId } from "../../domain/ids.ts";
import { aFlowRun } from "../../testing/databases.ts";
import { applyRule, aTaskRun } from "../../testing/orchestration.ts";
import { trackFlowRunAttempt } from "./track-flow-run-attempt.ts";

test("a task run that runs knows the attempt of its flow", async () => {
  const flowRun = aFlowRun({ run_count: 4 });
  const trial = { run: aTaskRun({ flow_run_id: flowRun.id }), from: "PENDING", to: "RUNNING", flowRun } as const;
  expect((await applyRule(trackFlowRunAttempt, trial)).run.flow_run_run_count).toBe(4);
});

test("one outside any flow has none", async () => {
  const { run } = await applyRule(trackFlowRunAttempt, { run: aTaskRun(), from: "PENDING", to: "RUNNING" });
  expect(run.flow_run_run_count).toBe(0);
});

test("a flow run that is gone is said to be", async () => {
  const run = aTaskRun({ flow_run_id: newId() });
  await expect(applyRule(trackFlowRunAttempt, { run, from: "PENDING", to: "RUNNING" })).rejects.toThrow(
    "does not exist",
  );
});
