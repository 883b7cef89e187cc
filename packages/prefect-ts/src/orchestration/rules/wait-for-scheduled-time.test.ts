import { expect, test } from "vitest";
import { addSeconds } from "../../domain/instant.ts";
import { aFlowRun, NOON } from "../../testing/databases.ts";
import { applyRule } from "../../testing/orchestration.ts";
import { waitForScheduledTime } from "./wait-for-scheduled-time.ts";

// The reference floors the seconds and rounds the rest, half a second down.
test.each([
  { inSeconds: -10, delaySeconds: undefined },
  { inSeconds: -0.3, delaySeconds: undefined },
  { inSeconds: 0, delaySeconds: undefined },
  { inSeconds: 0.5, delaySeconds: undefined },
  { inSeconds: 0.500001, delaySeconds: 1 },
  { inSeconds: 1.4, delaySeconds: 1 },
  { inSeconds: 2.5, delaySeconds: 2 },
  { inSeconds: 2.6, delaySeconds: 3 },
])("a run due in $inSeconds s waits $delaySeconds s", async ({ inSeconds, delaySeconds }) => {
  const outcome = await applyRule(waitForScheduledTime, {
    run: aFlowRun(),
    from: { type: "PENDING", state_details: { scheduled_time: addSeconds(NOON, inSeconds) } },
    to: "RUNNING",
  });
  expect(outcome.status).toBe(delaySeconds === undefined ? "ACCEPT" : "WAIT");
  expect(outcome.delaySeconds).toBe(delaySeconds);
});
