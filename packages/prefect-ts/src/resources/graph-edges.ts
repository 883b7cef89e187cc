import type { JsonText } from "../storage/tables.ts";

export interface Edge {
  readonly id: string;
}

export interface EdgesOf {
  readonly parents: Edge[];
  readonly children: Edge[];
  readonly encapsulating: Edge[];
}

interface Node {
  readonly task_run_id: string;
  readonly subflow_run_id: string | null;
  readonly task_inputs: JsonText;
}

/** Under this key lie the task runs that a run was called in, rather than those whose results it took. */
const ENCLOSING = "__parents__";

/**
 * Who took results from whom. A subflow run stands in the place of the task run that tracks it, so whatever names
 * either means the subflow. Runs that are no nodes are left out, and so is each repetition.
 */
export function edgesBetween(nodes: readonly Node[]): (node: Node) => EdgesOf {
  const nodeIds = new Map<string, string>();
  for (const { task_run_id, subflow_run_id } of nodes) {
    const id = subflow_run_id ?? task_run_id;
    nodeIds.set(task_run_id, id);
    nodeIds.set(id, id);
  }
  const edges = new Map<string, { parents: Set<string>; children: Set<string>; encapsulating: Set<string> }>();
  const edgesOf = (id: string) => {
    const known = edges.get(id) ?? { parents: new Set(), children: new Set(), encapsulating: new Set() };
    edges.set(id, known);
    return known;
  };
  for (const node of nodes) {
    const id = node.subflow_run_id ?? node.task_run_id;
    for (const { source, isEnclosing } of sourcesIn(node.task_inputs)) {
      const sourceId = nodeIds.get(source);
      if (sourceId === undefined) continue;
      if (isEnclosing) {
        edgesOf(id).encapsulating.add(sourceId);
        continue;
      }
      edgesOf(id).parents.add(sourceId);
      edgesOf(sourceId).children.add(id);
    }
  }
  return ({ task_run_id, subflow_run_id }) => {
    const { parents, children, encapsulating } = edgesOf(subflow_run_id ?? task_run_id);
    return { parents: toEdges(parents), children: toEdges(children), encapsulating: toEdges(encapsulating) };
  };
}

function toEdges(ids: ReadonlySet<string>): Edge[] {
  return [...ids].map((id) => ({ id }));
}

function* sourcesIn(inputs: JsonText): Generator<{ source: string; isEnclosing: boolean }> {
  // Of ten thousand task runs most take nothing from others; those need no parsing.
  if (!inputs.includes('"id"')) return;
  const parsed = JSON.parse(inputs) as Record<string, unknown>;
  for (const [key, entries] of Object.entries(parsed)) {
    if (!Array.isArray(entries)) continue;
    for (const entry of entries as unknown[]) {
      if (typeof entry !== "object" || entry === null || !("id" in entry) || typeof entry.id !== "string") continue;
      yield { source: entry.id.toLowerCase(), isEnclosing: key === ENCLOSING };
    }
  }
}
