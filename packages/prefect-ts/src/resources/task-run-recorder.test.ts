import { expect, test } from "vitest";
import type { IncomingEvent } from "../domain/events.ts";
import { newId } from "../domain/ids.ts";
import { addSeconds, formatInstant, type Instant } from "../domain/instant.ts";
import type { StateType } from "../domain/states.ts";
import { listTaskRunStates } from "../storage/queries/task-run-states.ts";
import { findTaskRunByKey, findTaskRunView, listTaskRunViews } from "../storage/queries/task-runs.ts";
import { describeEachDatabase, NOON } from "../testing/databases.ts";
import { ingest } from "./ingest.ts";

interface Report {
  id: string;
  type: StateType;
  at: Instant;
  flowRunId?: string | null;
  eventId?: string;
  dynamicKey?: string;
  state?: Record<string, unknown>;
  fields?: Record<string, unknown>;
}

function report({ id, type, at, flowRunId, eventId, dynamicKey = "0", state, fields }: Report): IncomingEvent {
  const name = type.charAt(0) + type.slice(1).toLowerCase();
  const flowRun = { "prefect.resource.id": `prefect.flow-run.${flowRunId}`, "prefect.resource.role": "flow-run" };
  return {
    id: eventId ?? newId(),
    occurred: at,
    event: `prefect.task-run.${name}`,
    resource: { "prefect.resource.id": `prefect.task-run.${id}`, "prefect.orchestration": "client" },
    related: flowRunId == null ? [] : [flowRun],
    payload: {
      validated_state: { type, name, message: "", state_details: {}, data: null, ...state },
      task_run: { name: "extract-0", task_key: "extract", dynamic_key: dynamicKey, tags: ["nightly"], ...fields },
    },
  };
}

const later = (seconds: number) => addSeconds(NOON, seconds);

describeEachDatabase("recordTaskRunEvents", (given) => {
  const record = (...events: IncomingEvent[]) => ingest(given.db, { events }, NOON);
  const typesOf = async (id: string) => (await listTaskRunStates(given.db, id)).map((state) => state.type);

  test("keeps every state and the newest one on the row", async () => {
    const [id, flowRunId] = [newId(), newId()];
    await record(
      report({ id, flowRunId, type: "PENDING", at: NOON }),
      report({ id, flowRunId, type: "RUNNING", at: later(1), fields: { start_time: formatInstant(later(1)) } }),
      report({ id, flowRunId, type: "COMPLETED", at: later(3), fields: { total_run_time: 2 } }),
    );

    const run = await findTaskRunView(given.db, id);
    expect(run).toMatchObject({ state_type: "COMPLETED", flow_run_id: flowRunId, total_run_time: 2_000_000 });
    expect(run).toMatchObject({ tags: '["nightly"]', start_time: later(1) });
    expect(await typesOf(id)).toEqual(["PENDING", "RUNNING", "COMPLETED"]);
  });

  test("an older state that arrives late is kept and leaves the row alone", async () => {
    const [id, flowRunId] = [newId(), newId()];
    await record(report({ id, flowRunId, type: "COMPLETED", at: later(3) }));
    await record(report({ id, flowRunId, type: "RUNNING", at: later(1) }));

    expect((await findTaskRunView(given.db, id))?.state_type).toBe("COMPLETED");
    expect(await typesOf(id)).toEqual(["RUNNING", "COMPLETED"]);
  });

  test("an event that is sent again changes nothing", async () => {
    const event = report({ id: newId(), flowRunId: newId(), type: "RUNNING", at: NOON });
    await record(event, event);
    await record(event);
    expect(await typesOf(event.resource["prefect.resource.id"]?.slice(17) ?? "")).toEqual(["RUNNING"]);
  });

  test("what a newer event does not say keeps its value", async () => {
    const [id, flowRunId] = [newId(), newId()];
    await record(report({ id, flowRunId, type: "RUNNING", at: NOON, fields: { task_version: "v1", run_count: 1 } }));
    await record(report({ id, flowRunId, type: "COMPLETED", at: later(1) }));
    expect(await findTaskRunView(given.db, id)).toMatchObject({ task_version: "v1", run_count: 1 });
  });

  test("a run known by its natural key keeps its id, in one batch and across them", async () => {
    const flowRunId = newId();
    const [first, second, third] = [newId(), newId(), newId()];
    await record(
      report({ id: first, flowRunId, type: "PENDING", at: NOON }),
      report({ id: second, flowRunId, type: "RUNNING", at: later(1) }),
    );
    await record(report({ id: third, flowRunId, type: "COMPLETED", at: later(2) }));

    const run = await findTaskRunByKey(given.db, { flow_run_id: flowRunId, task_key: "extract", dynamic_key: "0" });
    expect(run).toMatchObject({ id: first, state_type: "COMPLETED" });
    expect(await typesOf(first)).toEqual(["PENDING", "RUNNING", "COMPLETED"]);
  });

  test("a run outside of any flow run is known by its id", async () => {
    const [one, other] = [newId(), newId()];
    await record(report({ id: one, type: "RUNNING", at: NOON }), report({ id: other, type: "RUNNING", at: NOON }));
    expect((await findTaskRunView(given.db, one))?.flow_run_id).toBeNull();
    expect((await findTaskRunView(given.db, other))?.state_type).toBe("RUNNING");
  });

  test("hostile values neither fail nor take the rest of the batch with them", async () => {
    const [id, flowRunId] = [newId(), newId()];
    await record(
      report({
        id,
        flowRunId,
        type: "RUNNING",
        at: NOON,
        state: { message: "nul \u0000 half \ud800 pair", name: 7 },
        fields: { name: "\u0000", run_count: 1e20, total_run_time: "x", start_time: "never", tags: { a: 1 } },
      }),
      report({ id: newId(), flowRunId, type: "NOT A TYPE" as StateType, at: NOON, dynamicKey: "1" }),
      report({ id: newId(), flowRunId, type: "RUNNING", at: NOON, dynamicKey: "2".repeat(5000) }),
      { ...report({ id: newId(), flowRunId, type: "RUNNING", at: NOON }), payload: {} },
    );
    const filters = {
      task_runs: {
        operator: "and_" as const,
        flow_run_id: { operator: "and_" as const, any_: [flowRunId], is_null_: false },
      },
    };
    const runs = await listTaskRunViews(given.db, { filters, sort: "ID_DESC", limit: 10, offset: 0 });
    expect(runs).toHaveLength(1);
    expect(runs[0]).toMatchObject({ run_count: 0, start_time: null, tags: "[]", message: "nul  half \ufffd pair" });
  });

  test("two recorders that meet the same new run at once agree on one row", async () => {
    const flowRunId = newId();
    const claims = Array.from({ length: 6 }, (_, index) =>
      record(report({ id: newId(), flowRunId, type: "RUNNING", at: later(index) })),
    );
    await Promise.all(claims);
    const run = await findTaskRunByKey(given.db, { flow_run_id: flowRunId, task_key: "extract", dynamic_key: "0" });
    expect(await typesOf(run?.id ?? "")).toHaveLength(6);
    expect(run?.state_timestamp).toBe(later(5));
  });
});
