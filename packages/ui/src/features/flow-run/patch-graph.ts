import type { Graph, GraphNode } from "prefect-ts/domain";
import type { LiveEvent } from "../../lib/live.ts";
import { isFinal, isStateType } from "../../lib/run-states.ts";

const TASK_RUN = "prefect.task-run.";

/**
 * The graph as these events of task runs leave it. A task run that has ended stays ended: events may come twice or in
 * another order. Nodes that are gone from the run (tracking a subflow) are the server's to say.
 */
export function patchGraph(graph: Graph, flowRunId: string, events: readonly LiveEvent[]): Graph {
  const nodes = new Map(graph.nodes);
  const fresh: GraphNode[] = [];
  for (const event of events) {
    const node = toNode(event, flowRunId);
    if (node === undefined) continue;
    const before = nodes.get(node.id);
    if (before === undefined) fresh.push(node);
    nodes.set(node.id, before === undefined ? node : patchNode(before, node));
  }
  for (const node of fresh) linkParents(nodes, node);
  const roots = fresh.filter((node) => node.parents.length === 0).map(({ id }) => id);
  return { ...graph, nodes: [...nodes], root_node_ids: [...graph.root_node_ids, ...roots] };
}

function patchNode(before: GraphNode, { state_type, start_time, end_time }: GraphNode): GraphNode {
  if (isFinal(before.state_type) && !isFinal(state_type)) return before;
  return { ...before, state_type, start_time, end_time };
}

/** A parent learns of its child once, though the child may have had several events. */
function linkParents(nodes: Map<string, GraphNode>, { id, parents }: GraphNode): void {
  for (const { id: parentId } of parents) {
    const parent = nodes.get(parentId);
    if (parent === undefined || parent.children.some((child) => child.id === id)) continue;
    nodes.set(parentId, { ...parent, children: [...parent.children, { id }] });
  }
}

interface TaskRunPayload {
  readonly start_time?: string;
  readonly end_time?: string;
  readonly expected_start_time?: string;
  readonly task_inputs?: Readonly<Record<string, readonly { readonly id?: string }[]>>;
}

function toNode({ resource, related, payload, occurred }: LiveEvent, flowRunId: string): GraphNode | undefined {
  const type = resource["prefect.state-type"];
  const id = resource["prefect.resource.id"]?.slice(TASK_RUN.length);
  const isOfThisRun = related.some((other) => other["prefect.resource.id"] === `prefect.flow-run.${flowRunId}`);
  if (id === undefined || type === undefined || !isStateType(type) || !isOfThisRun) return undefined;
  const run = (payload["task_run"] ?? {}) as TaskRunPayload;
  const inputs = Object.entries(run.task_inputs ?? {}).filter(([key]) => key !== "__parents__");
  return {
    kind: "task-run",
    id,
    label: resource["prefect.resource.name"] ?? id,
    state_type: type,
    start_time: run.start_time ?? run.expected_start_time ?? occurred,
    end_time: run.end_time ?? (isFinal(type) ? occurred : null),
    parents: inputs.flatMap(([, values]) =>
      values.flatMap((input) => (input.id === undefined ? [] : { id: input.id })),
    ),
    children: [],
    encapsulating: [],
    artifacts: [],
  };
}
