import { describe, expect, test } from "vitest";
import { newId } from "../domain/ids.ts";
import { addSeconds, type Instant } from "../domain/instant.ts";
import type { StateCreate, StateType } from "../domain/states.ts";
import type { EventRow, FlowRunRow, FlowRunStateRow, TaskRunRow } from "../storage/tables.ts";
import { aFlowRun, describeEachDatabase, type Given, NOON } from "../testing/databases.ts";
import { aTaskRun } from "../testing/orchestration.ts";
import { type FlowRunProposal, insertFlowRunInState, proposeFlowRunState, proposeTaskRunState } from "./transition.ts";

async function aRun(given: Given, values: Partial<FlowRunRow> = {}, first: StateCreate = { type: "PENDING" }) {
  const flow = await given.flow({ tags: '["flow-tag"]' });
  const run = aFlowRun({ flow_id: flow.id, ...values });
  await given.db.write((tx) => insertFlowRunInState(tx, { run, proposed: first, now: NOON }));
  return run;
}

function propose(given: Given, id: string, to: StateType | StateCreate, how: Partial<FlowRunProposal> = {}) {
  const proposed = typeof to === "string" ? { type: to } : to;
  return given.db.write((tx) => proposeFlowRunState(tx, { id, proposed, now: NOON, ...how }));
}

function statesOf(given: Given, id: string): Promise<FlowRunStateRow[]> {
  const sql = "SELECT * FROM flow_run_state WHERE flow_run_id = ? ORDER BY timestamp";
  return given.db.all({ sql, parameters: [id] });
}

function eventsOf(given: Given, id: string): Promise<(EventRow & { related: string })[]> {
  const sql = `SELECT event.*, event_related_set.resources AS related FROM event
    JOIN event_related_set ON event_related_set.id = event.related_set_id WHERE resource_id = ? ORDER BY occurred`;
  return given.db.all({ sql, parameters: [`prefect.flow-run.${id}`] });
}

async function storedRun(given: Given, id: string): Promise<FlowRunRow | undefined> {
  return given.db.get({ sql: "SELECT * FROM flow_run WHERE id = ?", parameters: [id] });
}

describeEachDatabase("a transition of a flow run", (given) => {
  test("keeps the books of a whole life", async () => {
    const { id } = await aRun(given, {}, { type: "SCHEDULED", state_details: { scheduled_time: NOON } });
    const at = (seconds: number) => ({ now: addSeconds(NOON, seconds) });
    expect(await storedRun(given, id)).toMatchObject({ expected_start_time: NOON, next_scheduled_start_time: NOON });
    await propose(given, id, "PENDING", at(1));
    await propose(given, id, "RUNNING", at(2));
    const outcome = await propose(given, id, { type: "COMPLETED", message: "done" }, at(5));
    expect(await storedRun(given, id)).toMatchObject({
      state_type: "COMPLETED",
      state_name: "Completed",
      state_id: outcome.state?.id,
      state_timestamp: addSeconds(NOON, 5),
      run_count: 1,
      expected_start_time: NOON,
      next_scheduled_start_time: null,
      start_time: addSeconds(NOON, 2),
      end_time: addSeconds(NOON, 5),
      total_run_time: 3_000_000,
      updated: addSeconds(NOON, 5),
    });
    expect((await statesOf(given, id)).map((state) => state.name)).toEqual([
      "Scheduled",
      "Pending",
      "Running",
      "Completed",
    ]);
  });

  test("answers with the run as it is stored", async () => {
    const { id } = await aRun(given);
    const { run } = await propose(given, id, "RUNNING", { now: addSeconds(NOON, 1) });
    expect(run).toEqual({ ...(await storedRun(given, id)) });
  });

  test("gives states of one moment times of their own", async () => {
    const { id } = await aRun(given);
    await propose(given, id, "RUNNING");
    await propose(given, id, "COMPLETED", { now: addSeconds(NOON, -5) });
    const times = (await statesOf(given, id)).map((state) => state.timestamp - NOON);
    expect(times).toEqual([0, 1, 2]);
  });

  test("comes one after the other", async () => {
    const { id } = await aRun(given);
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, () => propose(given, id, { type: "PENDING", name: "Submitting" })),
    );
    expect(outcomes.filter((outcome) => outcome.isNew)).toHaveLength(1);
    expect(await statesOf(given, id)).toHaveLength(2);
  });

  test("that is refused writes nothing and names its rule", async () => {
    const { id } = await aRun(given);
    await propose(given, id, "CANCELLING");
    const before = await storedRun(given, id);
    const outcome = await propose(given, id, "RUNNING");
    expect(outcome).toMatchObject({ status: "REJECT", rule: "confine-cancelling", isNew: false });
    expect(outcome.state?.type).toBe("CANCELLING");
    expect(await storedRun(given, id)).toEqual(before);
    expect(await eventsOf(given, id)).toHaveLength(2);
  });

  test("of a run that does not exist is said to be", async () => {
    await expect(propose(given, newId(), "RUNNING")).rejects.toMatchObject({
      code: "NOT_FOUND",
      body: "exception_message",
    });
  });

  test("counts attempts, but not the return from a suspension", async () => {
    const { id } = await aRun(given, { empirical_policy: '{"resuming":true}' });
    expect((await propose(given, id, "RUNNING")).run.run_count).toBe(0);
    const again = await propose(given, id, "RUNNING");
    expect(again.run.run_count).toBe(1);
    expect(JSON.parse(again.run.empirical_policy)).toMatchObject({ resuming: false });
  });

  test("into a second attempt clears the end", async () => {
    const { id } = await aRun(given);
    await propose(given, id, "FAILED");
    expect(await storedRun(given, id)).toMatchObject({ start_time: NOON + 1, end_time: NOON + 1 });
    await propose(given, id, "RUNNING");
    expect(await storedRun(given, id)).toMatchObject({ start_time: NOON + 1, end_time: null, run_count: 1 });
  });

  describe("announces its state", () => {
    test("with the labels and the company that the reference gives it", async () => {
      const createdBy = { id: "42", type: "DEPLOYMENT", display_value: "nightly" };
      const run = await aRun(given, { tags: '["z","a"]', created_by: JSON.stringify(createdBy) });
      const now = addSeconds(NOON, 1.5);
      const { state } = await propose(given, run.id, { type: "RUNNING", message: "go" }, { now });
      const [first, second] = await eventsOf(given, run.id);
      expect(second).toMatchObject({
        id: state?.id,
        occurred: now,
        event: "prefect.flow-run.Running",
        follows: first?.id,
      });
      expect(JSON.parse(second?.resource ?? "")).toEqual({
        "prefect.resource.id": `prefect.flow-run.${run.id}`,
        "prefect.resource.name": run.name,
        "prefect.run-count": "1",
        "prefect.state-message": "go",
        "prefect.state-name": "Running",
        "prefect.state-timestamp": "2026-01-01T12:00:01.500000+00:00",
        "prefect.state-type": "RUNNING",
      });
      expect(JSON.parse(second?.payload ?? "")).toEqual({
        intended: { from: "PENDING", to: "RUNNING" },
        initial_state: { type: "PENDING", name: "Pending" },
        validated_state: { type: "RUNNING", name: "Running", message: "go" },
      });
      expect(
        JSON.parse(second?.related ?? "").map((item: Record<string, string>) => item["prefect.resource.id"]),
      ).toEqual([
        `prefect.flow.${run.flow_id}`,
        "prefect.tag.a",
        "prefect.tag.flow-tag",
        "prefect.tag.z",
        "prefect.deployment.42",
      ]);
    });

    test.each([
      { seconds: 299, follows: true },
      { seconds: 301, follows: false },
    ])("after $seconds s, following the one before: $follows", async ({ seconds, follows }) => {
      const { id } = await aRun(given);
      await propose(given, id, "RUNNING", { now: addSeconds(NOON, seconds) });
      const [first, second] = await eventsOf(given, id);
      expect(second?.follows).toBe(follows ? first?.id : null);
    });

    test("with what it became, not with what was proposed", async () => {
      const { id } = await aRun(given, {}, { type: "SCHEDULED" });
      await propose(given, id, "CANCELLING");
      expect((await eventsOf(given, id)).at(-1)?.event).toBe("prefect.flow-run.Cancelled");
    });
  });

  describe("with a result", () => {
    test.each([
      { data: { storage_key: "a" }, stored: '{"storage_key":"a"}' },
      { data: { type: "unpersisted" }, stored: null },
      { data: [1, 2], stored: "[1,2]" },
      { data: null, stored: null },
    ])("$data stores $stored", async ({ data, stored }) => {
      const { id } = await aRun(given);
      const outcome = await propose(given, id, { type: "COMPLETED", data });
      expect(outcome.state?.data).toBe(data === null ? null : JSON.stringify(data));
      const state = (await statesOf(given, id)).at(-1);
      expect(state?.data).toBe(stored);
      const artifact = await given.db.get<{ data: string; flow_run_id: string }>({
        sql: "SELECT * FROM artifact WHERE flow_run_id = ?",
        parameters: [id],
      });
      expect(artifact?.data ?? null).toBe(stored);
      expect(state?.result_artifact_id === null).toBe(stored === null);
    });

    test("that names its artifact makes it the latest of its key", async () => {
      const { id } = await aRun(given);
      const data = { artifact_key: "report", artifact_type: "markdown", artifact_description: "why", storage_key: "a" };
      const outcome = await propose(given, id, { type: "COMPLETED", data });
      expect(outcome.state?.data).toBe('{"storage_key":"a"}');
      const sql = "SELECT latest_id, type, description FROM artifact_collection WHERE key = 'report'";
      expect(await given.db.get({ sql, parameters: [] })).toMatchObject({
        latest_id: outcome.state?.result_artifact_id,
        type: "markdown",
        description: "why",
      });
    });
  });

  describe("of a subflow", () => {
    async function aSubflow() {
      const parent = await aRun(given);
      const task = aTaskRun({ flow_run_id: parent.id });
      await given.db.write((tx) => tx.insert("task_run", [task]));
      return { task, parent, child: await aRun(given, { parent_task_run_id: task.id }) };
    }

    test("shows on the task run that stands for it", async () => {
      const { task, child, parent } = await aSubflow();
      await propose(given, child.id, "RUNNING");
      await propose(given, child.id, { type: "COMPLETED", message: "done", data: { storage_key: "a" } });
      const sql = `SELECT task_run.*, state.state_details, state.message, state.data FROM task_run
        JOIN task_run_state state ON state.id = task_run.state_id WHERE task_run.id = ?`;
      const mirrored = await given.db.get<TaskRunRow & { state_details: string }>({ sql, parameters: [task.id] });
      expect(mirrored).toMatchObject({
        state_type: "COMPLETED",
        run_count: 1,
        message: "done",
        data: '{"storage_key":"a"}',
      });
      expect(JSON.parse(mirrored?.state_details ?? "")).toMatchObject({
        flow_run_id: parent.id,
        task_run_id: task.id,
        child_flow_run_id: child.id,
      });
      const own = JSON.parse((await statesOf(given, child.id)).at(-1)?.state_details ?? "");
      expect(own).toMatchObject({ flow_run_id: child.id, task_run_id: task.id, child_flow_run_id: null });
    });

    test("is undone when that task run is gone", async () => {
      const { task, child } = await aSubflow();
      await given.db.write((tx) => tx.run({ sql: "DELETE FROM task_run WHERE id = ?", parameters: [task.id] }));
      await expect(propose(given, child.id, "RUNNING")).rejects.toMatchObject({ code: "NOT_FOUND" });
      expect((await storedRun(given, child.id))?.state_type).toBe("PENDING");
      expect(await statesOf(given, child.id)).toHaveLength(1);
    });
  });

  test("a run with an idempotency key is stored once", async () => {
    const flow = await given.flow();
    const create = () => {
      const run = aFlowRun({ flow_id: flow.id, idempotency_key: "once" });
      return given.db.write((tx) => insertFlowRunInState(tx, { run, proposed: { type: "SCHEDULED" }, now: NOON }));
    };
    const created = await Promise.all([create(), create(), create()]);
    expect(created.filter((outcome) => outcome !== undefined)).toHaveLength(1);
  });
});

describeEachDatabase("a transition of a task run", (given) => {
  async function aTask(flowState: StateType | null, values: Partial<TaskRunRow> = {}, now: Instant = NOON) {
    const flowRun = flowState === null ? undefined : await aRun(given, {}, { type: flowState });
    const task = aTaskRun({ flow_run_id: flowRun?.id ?? null, ...values });
    await given.db.write((tx) => tx.insert("task_run", [task]));
    return (to: StateType | StateCreate, force = false) =>
      given.db.write((tx) => {
        const proposed = typeof to === "string" ? { type: to } : to;
        return proposeTaskRunState(tx, { id: task.id, proposed, now, force });
      });
  }

  test.each([
    { flow: "RUNNING", status: "ACCEPT", name: "Running" },
    { flow: "PENDING", status: "ABORT", name: undefined },
    { flow: "COMPLETED", status: "ABORT", name: undefined },
    { flow: "PAUSED", status: "REJECT", name: "NotReady" },
    { flow: null, status: "ACCEPT", name: "Running" },
  ] as const)("to RUNNING in a flow that is $flow: $status", async ({ flow, status, name }) => {
    const proposeTask = await aTask(flow);
    const outcome = await proposeTask("RUNNING");
    expect(outcome.status).toBe(status);
    expect(outcome.state?.name).toBe(name);
  });

  test("is forced past the rules", async () => {
    const proposeTask = await aTask("COMPLETED");
    expect((await proposeTask("RUNNING", true)).status).toBe("ACCEPT");
  });

  test("retries, renames the attempt and counts it", async () => {
    const proposeTask = await aTask("RUNNING", { empirical_policy: '{"retries":1}' });
    await proposeTask("RUNNING");
    expect((await proposeTask("FAILED")).state?.name).toBe("AwaitingRetry");
    const retried = await proposeTask("RUNNING");
    expect(retried).toMatchObject({ state: { name: "Retrying" }, run: { run_count: 2, flow_run_run_count: 1 } });
    expect((await proposeTask("FAILED")).state?.name).toBe("Failed");
  });

  test("of a deferred task is not made twice by two workers", async () => {
    const proposeTask = await aTask(null);
    const pending = { type: "PENDING", state_details: { deferred: true } } as const;
    await proposeTask({ type: "SCHEDULED", state_details: { deferred: true, task_parameters_id: newId() } });
    const outcomes = await Promise.all([proposeTask(pending), proposeTask(pending)]);
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(["ABORT", "ACCEPT"]);
    const won = outcomes.find((outcome) => outcome.isNew);
    expect(JSON.parse(won?.state?.state_details ?? "")).toMatchObject({ task_parameters_id: expect.any(String) });
  });
});
