import { expect, test } from "vitest";
import type { StateType } from "../../domain/states.ts";
import { aFlowRun } from "../../testing/databases.ts";
import { applyRule, aTaskRun } from "../../testing/orchestration.ts";
import { abort, taskRunRule } from "../rule.ts";
import { guardTerminalTaskRun } from "./guard-terminal-task-run.ts";

test.each<{ from: StateType; data?: unknown; to: StateType; status: string }>([
  { from: "FAILED", to: "CANCELLING", status: "ABORT" },
  { from: "COMPLETED", to: "PAUSED", status: "ABORT" },
  { from: "COMPLETED", to: "CRASHED", status: "ABORT" },
  { from: "COMPLETED", data: { storage_key: "a" }, to: "RUNNING", status: "REJECT" },
  { from: "COMPLETED", data: { storage_key: "a" }, to: "COMPLETED", status: "REJECT" },
  { from: "COMPLETED", to: "RUNNING", status: "ACCEPT" },
  { from: "FAILED", data: { storage_key: "a" }, to: "PENDING", status: "ACCEPT" },
])("$from ($data) to $to: $status", async ({ from, data, to, status }) => {
  const outcome = await applyRule(guardTerminalTaskRun, { run: aTaskRun(), from: { type: from, data }, to });
  expect(outcome.status).toBe(status);
});

test.each([
  { to: "RUNNING", attempts: 0 },
  { to: "COMPLETED", attempts: 3 },
] as const)("a failed run that becomes $to has $attempts attempts behind it", async ({ to, attempts }) => {
  const outcome = await applyRule(guardTerminalTaskRun, { run: aTaskRun({ run_count: 3 }), from: "FAILED", to });
  expect(outcome.run.run_count).toBe(attempts);
});

test("attempts count again when another rule keeps the run where it is", async () => {
  const below = [taskRunRule({ name: "stop", before: () => abort("no") })];
  const trial = { run: aTaskRun({ run_count: 3 }), from: "FAILED", to: "RUNNING", below } as const;
  expect((await applyRule(guardTerminalTaskRun, trial)).run.run_count).toBe(3);
});

test.each([
  { seen: 1, attempt: 2, name: "Retrying" },
  { seen: 2, attempt: 2, name: "Running" },
])("attempt $attempt of the flow, seen $seen: $name", async ({ seen, attempt, name }) => {
  const { state } = await applyRule(guardTerminalTaskRun, {
    run: aTaskRun({ flow_run_run_count: seen }),
    from: "COMPLETED",
    to: "RUNNING",
    flowRun: aFlowRun({ run_count: attempt }),
  });
  expect(state?.name).toBe(name);
});
