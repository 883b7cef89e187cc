/** The answer of `graph-v2` for a run of so many task runs of three tasks, each needing the one before it. */
const START = Date.UTC(2025, 0, 31, 12);
const TASKS = ["extract", "transform", "load"];
const FAILS_EVERY = 997;

const iso = (seconds: number) => new Date(START + seconds * 1000).toISOString();
const idOf = (index: number) => `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`;

export function largeGraph(count: number) {
  const nodes = Array.from({ length: count }, (_, index) => {
    const start = index / 100;
    const node = {
      kind: "task-run",
      id: idOf(index),
      label: `${TASKS[index % TASKS.length]}-${(index % 4096).toString(16).padStart(3, "0")}`,
      state_type: index % FAILS_EVERY === 5 ? "FAILED" : "COMPLETED",
      start_time: iso(start),
      end_time: iso(start + 1 + (index % 13) / 5),
      parents: index < TASKS.length ? [] : [{ id: idOf(index - TASKS.length) }],
      children: index + TASKS.length < count ? [{ id: idOf(index + TASKS.length) }] : [],
      encapsulating: [],
      artifacts: [],
    };
    return [node.id, node];
  });
  const roots = TASKS.map((_, index) => idOf(index));
  return { start_time: iso(0), end_time: iso(count / 100 + 5), root_node_ids: roots, nodes, artifacts: [], states: [] };
}
