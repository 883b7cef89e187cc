import { expect, test } from "vitest";
import type { StateType } from "../../domain/states.ts";
import { aFlowRun } from "../../testing/databases.ts";
import { applyRule } from "../../testing/orchestration.ts";
import { preventResultLoss } from "./prevent-result-loss.ts";

const RESULT = { storage_key: "abc" };

test.each<{ from: StateType; data?: unknown; to: StateType; newData?: unknown; status: string }>([
  { from: "COMPLETED", data: RESULT, to: "COMPLETED", status: "REJECT" },
  { from: "COMPLETED", data: RESULT, to: "COMPLETED", newData: RESULT, status: "ACCEPT" },
  { from: "COMPLETED", to: "COMPLETED", status: "ACCEPT" },
  { from: "COMPLETED", data: RESULT, to: "FAILED", status: "ACCEPT" },
  { from: "FAILED", data: RESULT, to: "COMPLETED", status: "ACCEPT" },
])("$from ($data) to $to ($newData): $status", async ({ from, data, to, newData, status }) => {
  const trial = { run: aFlowRun(), from: { type: from, data }, to: { type: to, data: newData } };
  expect((await applyRule(preventResultLoss, trial)).status).toBe(status);
});
