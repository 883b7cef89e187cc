import { describe, expect, test } from "vitest";
import type { StateType } from "../domain/states.ts";
import type { FlowRunRow } from "../storage/tables.ts";
import { aFlowRun } from "../testing/databases.ts";
import { applyRule } from "../testing/orchestration.ts";
import { abort, type Decision, type FlowRunRule, flowRunRule, proceed, reject, universalFlowRunRule } from "./rule.ts";

/** A rule that notes what it was called for. */
function noting(
  calls: string[],
  name: string,
  decision: Decision<FlowRunRow> = proceed(),
  to?: StateType[],
): FlowRunRule {
  return flowRunRule({
    name,
    ...(to === undefined ? {} : { to }),
    before: ({ proposed }) => {
      calls.push(`${name} before ${proposed.type}`);
      return decision;
    },
    after: ({ validated }) => {
      calls.push(`${name} after ${validated?.type}`);
      return undefined;
    },
    undone: ({ validated }) => {
      calls.push(`${name} undone by ${validated?.type}`);
      return undefined;
    },
  });
}

async function govern(rule: FlowRunRule, ...below: FlowRunRule[]) {
  return applyRule(rule, { run: aFlowRun(), from: "PENDING", to: "RUNNING", below });
}

describe("rules", () => {
  test("are asked in order and called back in reverse", async () => {
    const calls: string[] = [];
    await govern(noting(calls, "a"), noting(calls, "b"));
    expect(calls).toEqual(["a before RUNNING", "b before RUNNING", "b after RUNNING", "a after RUNNING"]);
  });

  test("take back what they did when a rule below changes where the run goes; those further below are passed over", async () => {
    const calls: string[] = [];
    const turn = reject<FlowRunRow>({ type: "CANCELLED" }, "turned");
    const outcome = await govern(noting(calls, "a"), noting(calls, "b", turn, ["RUNNING"]), noting(calls, "c"));
    expect(calls).toEqual(["a before RUNNING", "b before RUNNING", "a undone by CANCELLED"]);
    expect(outcome).toMatchObject({ status: "REJECT", reason: "turned", state: { type: "CANCELLED" } });
  });

  test("that turn the run to where they have a say themselves are called back for that", async () => {
    const calls: string[] = [];
    await govern(noting(calls, "a", reject<FlowRunRow>({ type: "CANCELLED" }, "turned")));
    expect(calls).toEqual(["a before RUNNING", "a after CANCELLED"]);
  });

  test("below one that leaves the run where it is are passed over", async () => {
    const calls: string[] = [];
    const outcome = await govern(noting(calls, "a"), noting(calls, "b", abort("no"), ["RUNNING"]), noting(calls, "c"));
    expect(calls).toEqual(["a before RUNNING", "b before RUNNING", "a undone by PENDING"]);
    expect(outcome).toMatchObject({ status: "ABORT", state: null });
  });

  test("that stay with the same type do not disturb each other, and the last refusal is told", async () => {
    const calls: string[] = [];
    const rename = reject<FlowRunRow>({ type: "RUNNING", name: "Other" }, "first");
    const outcome = await govern(
      noting(calls, "a", rename),
      noting(calls, "b", reject<FlowRunRow>({ type: "RUNNING" }, "second")),
    );
    expect(calls).toEqual(["a before RUNNING", "b before RUNNING", "b after RUNNING", "a after RUNNING"]);
    expect(outcome).toMatchObject({ status: "REJECT", reason: "second", state: { name: "Running" } });
  });

  test("see the proposal and the run as those above have left them", async () => {
    const seen: unknown[] = [];
    const amend = flowRunRule({
      name: "amend",
      before: () => proceed({ state: { name: "Better", details: { cache_key: "k" } }, run: { run_count: 7 } }),
    });
    const look = flowRunRule({
      name: "look",
      before: ({ proposed, run }) => {
        seen.push(proposed.name, proposed.details.cache_key, run.run_count);
        return proceed();
      },
    });
    await govern(amend, look);
    expect(seen).toEqual(["Better", "k", 7]);
  });

  test("remember from before to after", async () => {
    const memos: unknown[] = [];
    const rule = flowRunRule({
      name: "remember",
      before: () => proceed({ memo: "lease" }),
      after: ({ memo }) => {
        memos.push(memo);
        return { name: "renamed" };
      },
    });
    expect((await govern(rule)).run.name).toBe("renamed");
    expect(memos).toEqual(["lease"]);
  });

  test("that throw end the transition", async () => {
    const broken = flowRunRule({
      name: "broken",
      before: () => {
        throw new Error("out of order");
      },
    });
    await expect(govern(broken)).rejects.toThrow("out of order");
  });
});

test.each([
  { decision: proceed<FlowRunRow>(), calls: ["before RUNNING", "after RUNNING"] },
  { decision: reject<FlowRunRow>({ type: "CANCELLED" }, "turned"), calls: ["before RUNNING", "after CANCELLED"] },
  { decision: abort("no"), calls: ["before RUNNING"] },
])("a universal rule sees each state that is written: $decision.kind", async ({ decision, calls }) => {
  const seen: string[] = [];
  const watch = universalFlowRunRule({
    name: "watch",
    before: ({ proposed }) => {
      seen.push(`before ${proposed.type}`);
      return proceed();
    },
    after: ({ validated }) => {
      seen.push(`after ${validated?.type}`);
      return undefined;
    },
  });
  await govern(watch, flowRunRule({ name: "decide", before: () => decision }));
  expect(seen).toEqual(calls);
});
