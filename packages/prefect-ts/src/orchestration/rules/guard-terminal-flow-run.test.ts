import { describe, expect, test } from "vitest";
import { newId } from "../../domain/ids.ts";
import type { StateCreate, StateType } from "../../domain/states.ts";
import { aFlowRun } from "../../testing/databases.ts";
import { applyRule } from "../../testing/orchestration.ts";
import { abort, flowRunRule } from "../rule.ts";
import { guardTerminalFlowRun } from "./guard-terminal-flow-run.ts";

const STORED = { storage_key: "abc" };
const UNSTORED = { type: "unpersisted" };

interface Case {
  from: StateType;
  to: StateType;
  data?: unknown;
  newData?: unknown;
  isDeployed?: boolean;
  status: string;
}

test.each<Case>([
  { from: "FAILED", to: "CANCELLING", status: "ABORT" },
  { from: "COMPLETED", to: "PAUSED", status: "ABORT" },
  { from: "CANCELLED", to: "CRASHED", status: "ABORT" },
  { from: "COMPLETED", to: "RUNNING", data: STORED, status: "REJECT" },
  { from: "COMPLETED", to: "RUNNING", data: UNSTORED, status: "ACCEPT" },
  { from: "COMPLETED", to: "RUNNING", status: "ACCEPT" },
  { from: "COMPLETED", to: "COMPLETED", data: STORED, status: "REJECT" },
  { from: "COMPLETED", to: "COMPLETED", data: STORED, newData: UNSTORED, status: "REJECT" },
  { from: "COMPLETED", to: "COMPLETED", data: STORED, newData: STORED, status: "ACCEPT" },
  { from: "COMPLETED", to: "COMPLETED", data: STORED, newData: {}, status: "ACCEPT" },
  { from: "COMPLETED", to: "RUNNING", data: {}, status: "ACCEPT" },
  { from: "COMPLETED", to: "FAILED", data: STORED, status: "ACCEPT" },
  { from: "FAILED", to: "SCHEDULED", status: "ABORT" },
  { from: "FAILED", to: "SCHEDULED", isDeployed: true, status: "ACCEPT" },
  { from: "CRASHED", to: "PENDING", status: "ACCEPT" },
  { from: "RUNNING", to: "SCHEDULED", status: "ACCEPT" },
])("$from ($data) to $to ($newData), deployed: $isDeployed: $status", async (given) => {
  const { from, to, data, newData, isDeployed, status } = given;
  const run = aFlowRun({ deployment_id: isDeployed === true ? newId() : null });
  const outcome = await applyRule(guardTerminalFlowRun, {
    run,
    from: { type: from, data },
    to: { type: to, data: newData },
  });
  expect(outcome.status).toBe(status);
});

describe("what pauses and retries left behind", () => {
  const left = { retries: 2, pause_keys: ["a"], resuming: true, retry_type: "in_process" };
  const run = aFlowRun({ deployment_id: newId(), empirical_policy: JSON.stringify(left) });

  test.each<{ to: StateCreate; retry_type: string | null }>([
    { to: { type: "SCHEDULED", name: "AwaitingRetry" }, retry_type: "reschedule" },
    { to: { type: "RUNNING" }, retry_type: null },
  ])("is gone when the run goes on as $to.type", async ({ to, retry_type }) => {
    const outcome = await applyRule(guardTerminalFlowRun, { run, from: "FAILED", to });
    const policy = JSON.parse(outcome.run.empirical_policy);
    expect(policy).toMatchObject({ retries: 2, pause_keys: [], resuming: false, retry_type });
  });

  test("stays when another rule keeps the run where it is", async () => {
    const below = [flowRunRule({ name: "stop", before: () => abort("no") })];
    const outcome = await applyRule(guardTerminalFlowRun, { run, from: "FAILED", to: "RUNNING", below });
    expect(outcome.status).toBe("ABORT");
    expect(outcome.run.empirical_policy).toBe(run.empirical_policy);
  });

  test("stays when the run only changes how it ended", async () => {
    const outcome = await applyRule(guardTerminalFlowRun, { run, from: "FAILED", to: "COMPLETED" });
    expect(outcome.run.empirical_policy).toBe(run.empirical_policy);
  });
});
