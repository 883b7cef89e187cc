/**
 * A run as rows in time. Task runs of the same task that are many share one row that shows how many of them ran at
 * each moment; opened, each has a row of its own. Moments are microseconds since the run's start.
 */
import type { Graph, StateType } from "prefect-ts/domain";
import { instantOf } from "../../lib/time.ts";

export interface Bar {
  readonly id: string;
  readonly kind: "flow-run" | "task-run";
  readonly label: string;
  readonly state: StateType;
  readonly start: number;
  /** Undefined while it runs. */
  readonly end: number | undefined;
  readonly parents: readonly string[];
  readonly children: readonly string[];
}

export interface BarRow {
  readonly kind: "bar";
  readonly bar: Bar;
  /** Whether it stands under the row of its group. */
  readonly isMember: boolean;
}

export interface GroupRow {
  readonly kind: "group";
  readonly key: string;
  readonly bars: readonly Bar[];
  readonly isOpen: boolean;
}

export type Row = BarRow | GroupRow;

export interface StateSpan {
  readonly type: StateType;
  readonly name: string;
  readonly start: number;
  readonly end: number | undefined;
}

export interface TimelineModel {
  /** Microseconds since 1970 at which the axis has its zero. */
  readonly origin: number;
  readonly end: number | undefined;
  readonly bars: ReadonlyMap<string, Bar>;
  /** In the order of their first start; a lone bar is a group of one. */
  readonly groups: readonly { readonly key: string; readonly bars: readonly Bar[] }[];
  readonly spans: readonly StateSpan[];
}

/** From here on equal tasks share a row. */
export const GROUP_FROM = 12;

/** `extract-fe8`, `extract-12`: the task's name before what tells its runs apart. */
export function groupKey(label: string): string {
  return label.replace(/-(?:[0-9a-f]{3}|\d+)$/, "");
}

export function toModel(graph: Graph): TimelineModel {
  const nodes = graph.nodes.map(([, node]) => node);
  const starts = nodes.map((node) => instantOf(node.start_time));
  const runStart = graph.start_time === null ? Number.POSITIVE_INFINITY : instantOf(graph.start_time);
  const origin = Math.min(
    runStart,
    starts.reduce((least, start) => Math.min(least, start), Number.POSITIVE_INFINITY),
  );
  const since = (timestamp: string) => instantOf(timestamp) - origin;

  const bars = nodes.map((node): Bar => {
    const isOver = node.end_time !== null;
    return {
      id: node.id,
      kind: node.kind,
      label: node.label,
      state: node.state_type,
      start: since(node.start_time),
      end: isOver && node.end_time !== null ? since(node.end_time) : undefined,
      parents: node.parents.map(({ id }) => id),
      children: node.children.map(({ id }) => id),
    };
  });
  return {
    origin: Number.isFinite(origin) ? origin : 0,
    end: graph.end_time === null ? undefined : since(graph.end_time),
    bars: new Map(bars.map((bar) => [bar.id, bar])),
    groups: groupBars(bars),
    spans: toSpans(graph, since),
  };
}

function groupBars(bars: readonly Bar[]): TimelineModel["groups"] {
  const groups = new Map<string, Bar[]>();
  for (const bar of [...bars].sort((a, b) => a.start - b.start)) {
    const key = bar.kind === "flow-run" ? bar.id : groupKey(bar.label);
    const members = groups.get(key);
    if (members === undefined) groups.set(key, [bar]);
    else members.push(bar);
  }
  return [...groups].map(([key, members]) => ({ key, bars: members }));
}

function toSpans(graph: Graph, since: (timestamp: string) => number): StateSpan[] {
  return graph.states.map((state, index) => {
    const next = graph.states[index + 1];
    const end = next === undefined ? undefined : since(next.timestamp);
    return { type: state.type, name: state.name, start: since(state.timestamp), end };
  });
}

export interface RowChoice {
  /** Keys of the groups that the reader has opened. */
  readonly open: ReadonlySet<string>;
  /** Only these; all when empty. */
  readonly states: ReadonlySet<StateType>;
}

/** Small groups are spread out among the other bars by their start; large ones get a row that can be opened. */
export function toRows(model: TimelineModel, { open, states }: RowChoice): Row[] {
  const shown = (bar: Bar) => states.size === 0 || states.has(bar.state);
  const blocks: { start: number; rows: Row[] }[] = [];
  for (const { key, bars: all } of model.groups) {
    const bars = all.filter(shown);
    const [first] = bars;
    if (first === undefined) continue;
    if (bars.length < GROUP_FROM) {
      for (const bar of bars) blocks.push({ start: bar.start, rows: [{ kind: "bar", bar, isMember: false }] });
      continue;
    }
    const isOpen = open.has(key);
    const members: Row[] = isOpen ? bars.map((bar) => ({ kind: "bar", bar, isMember: true })) : [];
    blocks.push({ start: first.start, rows: [{ kind: "group", key, bars, isOpen }, ...members] });
  }
  return blocks.sort((a, b) => a.start - b.start).flatMap(({ rows }) => rows);
}

export function countStates(model: TimelineModel): Map<StateType, number> {
  const counts = new Map<StateType, number>();
  for (const { state } of model.bars.values()) counts.set(state, (counts.get(state) ?? 0) + 1);
  return counts;
}
