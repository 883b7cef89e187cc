import { expect, test } from "vitest";
import { addSeconds } from "../../domain/instant.ts";
import { aFlowRun, NOON } from "../../testing/databases.ts";
import { applyRule } from "../../testing/orchestration.ts";
import { retryFailedFlowRun } from "./retry-failed-flow-run.ts";

test.each([
  { run_count: 1, retries: null, becomes: "FAILED" },
  { run_count: 1, retries: 0, becomes: "FAILED" },
  { run_count: 1, retries: 2, becomes: "SCHEDULED" },
  { run_count: 2, retries: 2, becomes: "SCHEDULED" },
  { run_count: 3, retries: 2, becomes: "FAILED" },
])("attempt $run_count of a run with $retries retries becomes $becomes", async ({ run_count, retries, becomes }) => {
  const run = aFlowRun({ run_count, empirical_policy: JSON.stringify({ retries, retry_delay: 5 }) });
  const { state } = await applyRule(retryFailedFlowRun, { run, from: "RUNNING", to: "FAILED" });
  expect(state?.type).toBe(becomes);
});

test("the next attempt is this process's, with what the failed one said", async () => {
  const policy = { retries: 1, retry_delay: 5, pause_keys: ["a"], resuming: true };
  const run = aFlowRun({ run_count: 1, empirical_policy: JSON.stringify(policy) });
  const to = { type: "FAILED", message: "boom", data: { key: 1 } } as const;
  const outcome = await applyRule(retryFailedFlowRun, { run, from: "RUNNING", to });
  expect(outcome).toMatchObject({
    status: "REJECT",
    state: {
      name: "AwaitingRetry",
      message: "boom",
      data: '{"key":1}',
      details: { scheduled_time: addSeconds(NOON, 5) },
    },
  });
  expect(JSON.parse(outcome.run.empirical_policy)).toMatchObject({
    pause_keys: [],
    resuming: false,
    retry_type: "in_process",
  });
});

test("the last failure is nobody's retry", async () => {
  const run = aFlowRun({ run_count: 2, empirical_policy: '{"retries":1,"retry_type":"in_process"}' });
  const outcome = await applyRule(retryFailedFlowRun, { run, from: "RUNNING", to: "FAILED" });
  expect(JSON.parse(outcome.run.empirical_policy)).toMatchObject({ retry_type: null });
});
