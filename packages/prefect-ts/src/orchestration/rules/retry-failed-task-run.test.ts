import { expect, test } from "vitest";
import { secondsBetween } from "../../domain/instant.ts";
import { NOON } from "../../testing/databases.ts";
import { applyRule, aTaskRun } from "../../testing/orchestration.ts";
import { retryFailedTaskRun } from "./retry-failed-task-run.ts";

test.each([
  { attempt: 1, policy: {}, delay: undefined },
  { attempt: 1, policy: { retries: 0 }, delay: undefined },
  { attempt: 2, policy: { retries: 1 }, delay: undefined },
  { attempt: 1, policy: { retries: 1 }, delay: 0 },
  { attempt: 1, policy: { retries: 3, retry_delay: 7 }, delay: 7 },
  { attempt: 1, policy: { retries: 3, retry_delay: [1, 5, 9] }, delay: 1 },
  { attempt: 2, policy: { retries: 3, retry_delay: [1, 5, 9] }, delay: 5 },
  { attempt: 3, policy: { retries: 3, retry_delay: [1, 5] }, delay: 5 },
])("attempt $attempt under $policy is tried again after $delay s", async ({ attempt, policy, delay }) => {
  const run = aTaskRun({ run_count: attempt, empirical_policy: JSON.stringify(policy) });
  const { state } = await applyRule(retryFailedTaskRun, { run, from: "RUNNING", to: "FAILED" });
  expect(state?.name).toBe(delay === undefined ? "Failed" : "AwaitingRetry");
  if (delay !== undefined) expect(secondsBetween(NOON, state?.details.scheduled_time ?? NOON)).toBe(delay);
});

test("a task that says it cannot be retried is not", async () => {
  const run = aTaskRun({ run_count: 1, empirical_policy: '{"retries":3}' });
  const to = { type: "FAILED", state_details: { retriable: false } } as const;
  expect((await applyRule(retryFailedTaskRun, { run, from: "RUNNING", to })).state?.type).toBe("FAILED");
});

test("jitter keeps the delay around its length", async () => {
  const run = aTaskRun({ run_count: 1, empirical_policy: '{"retries":3,"retry_delay":100,"retry_jitter_factor":0.5}' });
  const { state } = await applyRule(retryFailedTaskRun, { run, from: "RUNNING", to: "FAILED" });
  const delay = secondsBetween(NOON, state?.details.scheduled_time ?? NOON);
  expect(delay).toBeGreaterThan(0);
  expect(delay).toBeLessThanOrEqual(150.001);
});
