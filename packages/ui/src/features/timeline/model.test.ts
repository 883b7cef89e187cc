import type { Graph, GraphNode, StateType } from "prefect-ts/domain";
import { describe, expect, test } from "vitest";
import { density } from "./density.ts";
import { linesOf } from "./draw-edges.ts";
import { BAR_ROW_HEIGHT, GROUP_ROW_HEIGHT, layOut } from "./layout.ts";
import { type Bar, countStates, GROUP_FROM, groupKey, type Row, toModel, toRows } from "./model.ts";

const START = Date.UTC(2025, 0, 31, 12);
const iso = (seconds: number) => new Date(START + seconds * 1000).toISOString();

function node(label: string, from: number, to: number | null, state: StateType = "COMPLETED"): [string, GraphNode] {
  return [
    label,
    {
      kind: "task-run",
      id: label,
      label,
      state_type: state,
      start_time: iso(from),
      end_time: to === null ? null : iso(to),
      parents: [],
      children: [],
      encapsulating: [],
      artifacts: [],
    },
  ];
}

function graph(...nodes: [string, GraphNode][]): Graph {
  return { start_time: iso(0), end_time: null, root_node_ids: [], nodes, artifacts: [], states: [] };
}

const many = Array.from({ length: GROUP_FROM }, (_, index) =>
  node(`work-${index}`, 2 + index, 3 + index, index === 4 ? "FAILED" : "COMPLETED"),
);
const model = toModel(graph(node("late-fe8", 30, null, "RUNNING"), ...many, node("extract-0a1", 1, 2)));
const names = (rows: readonly Row[]) => rows.map((row) => (row.kind === "group" ? `[${row.key}]` : row.bar.label));
const nothing = { open: new Set<string>(), states: new Set<StateType>() };

describe("groupKey", () => {
  test.each([
    ["extract-fe8", "extract"],
    ["extract-12", "extract"],
    ["load-2024-rows-0a1", "load-2024-rows"],
    ["plain", "plain"],
    ["my-task", "my-task"],
  ])("%s belongs to %s", (label, key) => {
    expect(groupKey(label)).toBe(key);
  });
});

describe("rows", () => {
  test("stand in the order of their start; many equal tasks share one", () => {
    expect(names(toRows(model, nothing))).toEqual(["extract-0a1", "[work]", "late-fe8"]);
  });

  test("an open group shows its members", () => {
    const rows = toRows(model, { ...nothing, open: new Set(["work"]) });
    expect(rows).toHaveLength(GROUP_FROM + 3);
    expect(names(rows).slice(1, 3)).toEqual(["[work]", "work-0"]);
  });

  test("a choice of states hides the others, and what is few again stands alone", () => {
    expect(names(toRows(model, { ...nothing, states: new Set<StateType>(["FAILED"]) }))).toEqual(["work-4"]);
  });

  test("states are counted", () => {
    expect(Object.fromEntries(countStates(model))).toEqual({ COMPLETED: GROUP_FROM, FAILED: 1, RUNNING: 1 });
  });
});

describe("a task that started before its run says so", () => {
  test("zero is the earliest moment", () => {
    const early = toModel(graph(node("a", -5, 1)));
    expect(early.bars.get("a")).toMatchObject({ start: 0, end: 6_000_000 });
  });
});

describe("layout", () => {
  const layout = layOut(toRows(model, nothing));

  test("finds the row at a height, and the row of a bar, also of one in a closed group", () => {
    expect(layout.height).toBe(2 * BAR_ROW_HEIGHT + GROUP_ROW_HEIGHT);
    expect([-1, 0, BAR_ROW_HEIGHT - 1, BAR_ROW_HEIGHT, layout.height].map((y) => layout.indexAt(y))).toEqual([
      -1, 0, 0, 1, -1,
    ]);
    expect(layout.indexOf("work-7")).toBe(1);
  });
});

describe("density", () => {
  const bar = (start: number, end: number | undefined, state: StateType): Bar => ({
    id: `${start}`,
    kind: "task-run",
    label: "x",
    state,
    start,
    end,
    parents: [],
    children: [],
  });
  const view = { from: 0, to: 10, left: 0, width: 10 };

  test("counts the bars at each pixel by state; one without an end reaches to now", () => {
    const { peak, columns } = density(
      [bar(0, 2, "COMPLETED"), bar(1, 1, "COMPLETED"), bar(1, undefined, "RUNNING")],
      view,
      4,
    );
    expect([...(columns.get("COMPLETED") ?? [])].slice(0, 5)).toEqual([1, 2, 1, 0, 0]);
    expect([...(columns.get("RUNNING") ?? [])].slice(0, 6)).toEqual([0, 1, 1, 1, 1, 0]);
    expect(peak).toBe(3);
  });

  test("what lies outside the view is not counted", () => {
    expect(density([bar(-9, -1, "COMPLETED"), bar(20, 30, "COMPLETED")], view, 30).peak).toBe(0);
  });
});

describe("lines between rows", () => {
  const edge = (from: string, to: string, all: [string, GraphNode][]) => {
    const nodes = new Map(all);
    nodes.get(from)?.children.push({ id: to });
    nodes.get(to)?.parents.push({ id: from });
  };

  test("two rows share one line, from the last end to the first start", () => {
    const nodes = [
      node("extract-0a1", 0, 1),
      ...Array.from({ length: GROUP_FROM }, (_, at) => node(`work-${at}`, 2, 3 + at)),
    ];
    nodes.push(node("write-1aa", 20, 21));
    for (let at = 0; at < GROUP_FROM; at += 1) {
      edge("extract-0a1", `work-${at}`, nodes);
      edge(`work-${at}`, "write-1aa", nodes);
    }
    const connected = toModel(graph(...nodes));
    const layout = layOut(toRows(connected, nothing));
    const lines = linesOf({ model: connected, layout }, [...connected.bars.values()]);
    expect(lines.map(({ from, to, fromRow, toRow }) => [from.label, to.label, fromRow, toRow])).toEqual([
      ["extract-0a1", "work-0", 0, 1],
      [`work-${GROUP_FROM - 1}`, "write-1aa", 1, 2],
    ]);
  });
});
