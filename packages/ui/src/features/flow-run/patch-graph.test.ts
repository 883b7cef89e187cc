import type { Graph } from "prefect-ts/domain";
import { describe, expect, test } from "vitest";
import type { LiveEvent } from "../../lib/live.ts";
import { patchGraph } from "./patch-graph.ts";

const RUN = "0190f6d2-0000-7000-8000-000000000001";
const empty: Graph = { start_time: null, end_time: null, root_node_ids: [], nodes: [], artifacts: [], states: [] };

function event(id: string, type: string, task_run: Record<string, unknown> = {}, run = RUN): LiveEvent {
  return {
    id: `${id}-${type}`,
    event: `prefect.task-run.${type}`,
    occurred: "2025-01-31T12:00:09Z",
    resource: {
      "prefect.resource.id": `prefect.task-run.${id}`,
      "prefect.resource.name": `name-${id}`,
      "prefect.state-type": type,
    },
    related: [{ "prefect.resource.id": `prefect.flow-run.${run}`, "prefect.resource.role": "flow-run" }],
    payload: { task_run },
  };
}
const START = "2025-01-31T12:00:01Z";
const END = "2025-01-31T12:00:02Z";
const nodeOf = (graph: Graph, id: string) => new Map(graph.nodes).get(id);

describe("patchGraph", () => {
  test("a task run appears with its first event and ends with its last", () => {
    const started = patchGraph(empty, RUN, [event("a", "RUNNING", { start_time: START })]);
    expect(nodeOf(started, "a")).toMatchObject({
      label: "name-a",
      state_type: "RUNNING",
      start_time: START,
      end_time: null,
    });
    expect(started.root_node_ids).toEqual(["a"]);
    const ended = patchGraph(started, RUN, [event("a", "COMPLETED", { start_time: START, end_time: END })]);
    expect(nodeOf(ended, "a")).toMatchObject({ state_type: "COMPLETED", end_time: END });
    expect(ended.nodes).toHaveLength(1);
  });

  test("a late event of an earlier state changes nothing", () => {
    const ended = patchGraph(empty, RUN, [event("a", "COMPLETED", { start_time: START, end_time: END })]);
    expect(patchGraph(ended, RUN, [event("a", "RUNNING", { start_time: START })]).nodes).toEqual(ended.nodes);
  });

  test("inputs become edges, once, and nesting does not", () => {
    const inputs = { x: [{ id: "a" }], __parents__: [{ id: "b" }] };
    const graph = patchGraph(empty, RUN, [
      event("a", "COMPLETED"),
      event("c", "PENDING", { task_inputs: inputs }),
      event("c", "RUNNING", { task_inputs: inputs }),
    ]);
    expect(nodeOf(graph, "c")?.parents).toEqual([{ id: "a" }]);
    expect(nodeOf(graph, "a")?.children).toEqual([{ id: "c" }]);
    expect(graph.root_node_ids).toEqual(["a"]);
  });

  test("another run's tasks stay out", () => {
    expect(patchGraph(empty, RUN, [event("a", "RUNNING", {}, "other")]).nodes).toEqual([]);
  });
});
