import type { FlowRun } from "prefect-ts/domain";
import { expect, test } from "vitest";
import type { LiveEvent } from "../../lib/live.ts";
import { patchFlowRun } from "./live.ts";

const AT = "2025-01-31T12:00:05.000002Z";
const pending = { state_type: "PENDING", state_name: "Pending", start_time: null } as const;

function run(stateAt: string): FlowRun {
  return { ...pending, state: { timestamp: stateAt } } as FlowRun;
}

function event(labels: Record<string, string> = {}): LiveEvent {
  const resource = { "prefect.state-type": "RUNNING", "prefect.state-name": "Retrying", "prefect.state-timestamp": AT };
  return {
    id: "e",
    event: "prefect.flow-run.Retrying",
    occurred: AT,
    resource: { ...resource, ...labels },
    related: [],
    payload: {},
  };
}

test("an event brings its state, its name and, with the first RUNNING, the start", () => {
  expect(patchFlowRun(run("2025-01-31T12:00:05.000001Z"), event())).toMatchObject({
    state_type: "RUNNING",
    state_name: "Retrying",
    start_time: AT,
  });
});

test("an event that is not newer, by a microsecond, changes nothing", () => {
  const now = run(AT);
  expect(patchFlowRun(now, event())).toBe(now);
});

test("an event without a state that is known changes nothing", () => {
  const now = run("2025-01-31T12:00:00Z");
  expect(patchFlowRun(now, event({ "prefect.state-type": "DREAMING" }))).toBe(now);
});
