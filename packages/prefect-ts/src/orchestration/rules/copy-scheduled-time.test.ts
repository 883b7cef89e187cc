import { expect, test } from "vitest";
import { addSeconds } from "../../domain/instant.ts";
import { aFlowRun, NOON } from "../../testing/databases.ts";
import { applyRule } from "../../testing/orchestration.ts";
import { copyScheduledTime } from "./copy-scheduled-time.ts";

const later = addSeconds(NOON, 60);

test.each([
  { proposed: undefined, kept: later },
  { proposed: null, kept: later },
  { proposed: NOON, kept: NOON },
])("PENDING proposed for $proposed waits for $kept", async ({ proposed, kept }) => {
  const { state } = await applyRule(copyScheduledTime, {
    run: aFlowRun(),
    from: { type: "SCHEDULED", state_details: { scheduled_time: later } },
    to: { type: "PENDING", state_details: { scheduled_time: proposed } },
  });
  expect(state?.details.scheduled_time).toBe(kept);
});
