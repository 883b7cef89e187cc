import { describe, expect, test } from "vitest";
import { edgesBetween } from "./graph-edges.ts";

const input = (id: string) => ({ input_type: "task_run", id });
const node = (task_run_id: string, inputs: object = {}, subflow_run_id: string | null = null) => ({
  task_run_id,
  subflow_run_id,
  task_inputs: JSON.stringify(inputs),
});

describe("edgesBetween", () => {
  test("an edge is named once, however often a result was used", () => {
    const [a, b] = [node("a"), node("b", { x: [input("a")], y: [input("a"), input("a")] })];
    const edges = edgesBetween([a, b]);
    expect(edges(a)).toEqual({ parents: [], children: [{ id: "b" }], encapsulating: [] });
    expect(edges(b)).toEqual({ parents: [{ id: "a" }], children: [], encapsulating: [] });
  });

  test("a subflow run is meant by its own id and by that of the task run that tracks it", () => {
    const tracker = node("tracker", {}, "child");
    const users = [node("a", { x: [input("tracker")] }), node("b", { x: [{ input_type: "flow_run", id: "child" }] })];
    const edges = edgesBetween([tracker, ...users]);
    expect(edges(tracker).children).toEqual([{ id: "a" }, { id: "b" }]);
    expect(users.map((user) => edges(user).parents)).toEqual([[{ id: "child" }], [{ id: "child" }]]);
  });

  test("an enclosing task run is neither parent nor child", () => {
    const [outer, inner] = [node("outer"), node("inner", { __parents__: [input("outer")] })];
    const edges = edgesBetween([outer, inner]);
    expect(edges(inner)).toEqual({ parents: [], children: [], encapsulating: [{ id: "outer" }] });
    expect(edges(outer).children).toEqual([]);
  });

  test("inputs that are no nodes, or no inputs, give no edge", () => {
    const odd = node("a", { x: [input("elsewhere"), 7, null, { id: 3 }, { name: "p" }], y: "id", z: { id: "a" } });
    expect(edgesBetween([odd])(odd)).toEqual({ parents: [], children: [], encapsulating: [] });
  });
});
