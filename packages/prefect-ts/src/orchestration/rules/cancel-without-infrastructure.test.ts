import { expect, test } from "vitest";
import type { StateCreate } from "../../domain/states.ts";
import { aFlowRun } from "../../testing/databases.ts";
import { applyRule } from "../../testing/orchestration.ts";
import { cancelWithoutInfrastructure } from "./cancel-without-infrastructure.ts";

test.each<{ from: StateCreate; pid: string | null; becomes: string }>([
  { from: { type: "SCHEDULED" }, pid: null, becomes: "CANCELLED" },
  { from: { type: "SCHEDULED" }, pid: "", becomes: "CANCELLED" },
  { from: { type: "SCHEDULED", name: "AwaitingRetry" }, pid: "host:1", becomes: "CANCELLING" },
  { from: { type: "SCHEDULED", name: "Resuming" }, pid: "host:1", becomes: "CANCELLED" },
  { from: { type: "PAUSED" }, pid: null, becomes: "CANCELLING" },
  { from: { type: "PAUSED", state_details: { pause_reschedule: true } }, pid: "host:1", becomes: "CANCELLED" },
  { from: { type: "RUNNING" }, pid: null, becomes: "CANCELLING" },
])("$from with process $pid becomes $becomes", async ({ from, pid, becomes }) => {
  const run = aFlowRun({ infrastructure_pid: pid });
  const outcome = await applyRule(cancelWithoutInfrastructure, { run, from, to: "CANCELLING" });
  expect(outcome.state?.type).toBe(becomes);
  expect(outcome.status).toBe(becomes === "CANCELLED" ? "REJECT" : "ACCEPT");
});
