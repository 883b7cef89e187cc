import { expect, test } from "vitest";
import type { StateCreate } from "../../domain/states.ts";
import { aFlowRun } from "../../testing/databases.ts";
import { applyRule } from "../../testing/orchestration.ts";
import { markOnlyScheduledLate } from "./mark-only-scheduled-late.ts";

test.each<{ from: StateCreate; to: string; status: string }>([
  { from: { type: "SCHEDULED" }, to: "Late", status: "ACCEPT" },
  { from: { type: "SCHEDULED", name: "Late" }, to: "Late", status: "REJECT" },
  { from: { type: "PENDING" }, to: "Late", status: "REJECT" },
  { from: { type: "RUNNING" }, to: "Late", status: "REJECT" },
  { from: { type: "RUNNING" }, to: "AwaitingRetry", status: "ACCEPT" },
])("$from to $to: $status", async ({ from, to, status }) => {
  const trial = { run: aFlowRun(), from, to: { type: "SCHEDULED", name: to } as const };
  expect((await applyRule(markOnlyScheduledLate, trial)).status).toBe(status);
});
