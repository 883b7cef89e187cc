import { expect, test } from "vitest";
import { newId } from "../../domain/ids.ts";
import { addSeconds } from "../../domain/instant.ts";
import type { StateDetails, StateType } from "../../domain/states.ts";
import { aFlowRun, NOON } from "../../testing/databases.ts";
import { applyRule } from "../../testing/orchestration.ts";
import { restrictResuming } from "./restrict-resuming.ts";

const later = addSeconds(NOON, 1);
const earlier = addSeconds(NOON, -1);

test.each<{ pause: StateDetails; to: StateType; isDeployed?: boolean; status: string; becomes: string | undefined }>([
  { pause: {}, to: "RUNNING", status: "ACCEPT", becomes: "RUNNING" },
  { pause: { pause_timeout: later }, to: "RUNNING", status: "ACCEPT", becomes: "RUNNING" },
  { pause: { pause_timeout: earlier }, to: "RUNNING", status: "REJECT", becomes: "FAILED" },
  { pause: {}, to: "PENDING", status: "REJECT", becomes: undefined },
  { pause: {}, to: "PAUSED", status: "REJECT", becomes: undefined },
  { pause: { pause_timeout: earlier }, to: "CANCELLING", status: "ACCEPT", becomes: "CANCELLING" },
  { pause: {}, to: "CANCELLED", status: "ACCEPT", becomes: "CANCELLED" },
  { pause: { pause_reschedule: true }, to: "SCHEDULED", status: "REJECT", becomes: undefined },
  { pause: { pause_reschedule: true }, to: "SCHEDULED", isDeployed: true, status: "ACCEPT", becomes: "SCHEDULED" },
])("paused with $pause to $to: $status", async ({ pause, to, isDeployed, status, becomes }) => {
  const run = aFlowRun({ deployment_id: isDeployed === true ? newId() : null });
  const outcome = await applyRule(restrictResuming, { run, from: { type: "PAUSED", state_details: pause }, to });
  expect(outcome.status).toBe(status);
  expect(outcome.state?.type).toBe(becomes);
});

test("the run is resuming afterwards", async () => {
  const outcome = await applyRule(restrictResuming, { run: aFlowRun(), from: "PAUSED", to: "SCHEDULED" });
  expect(JSON.parse(outcome.run.empirical_policy)).toMatchObject({ resuming: true });
});
