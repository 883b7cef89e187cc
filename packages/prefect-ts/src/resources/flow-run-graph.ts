import { InvalidRequestError, NotFoundError } from "../domain/errors.ts";
import type { Graph, GraphArtifact, GraphNode } from "../domain/graph.ts";
import type { Instant } from "../domain/instant.ts";
import { nullableJson, nullableTime, time } from "../storage/codecs/columns.ts";
import type { Queryable } from "../storage/database.ts";
import {
  type GraphArtifactRow,
  type GraphNodeRow,
  listGraphArtifacts,
  listGraphNodes,
} from "../storage/queries/flow-run-graph.ts";
import { listFlowRunStates } from "../storage/queries/flow-run-states.ts";
import { findFlowRun } from "../storage/queries/flow-runs.ts";
import { type EdgesOf, edgesBetween } from "./graph-edges.ts";

export interface GraphRequest {
  readonly id: string;
  /** Leaves out what had ended before. */
  readonly since: Instant | undefined;
  readonly maxNodes: number;
  readonly maxArtifacts: number;
}

/** What a run did: its task runs and subflow runs in time, what they took from each other, what they produced. */
export async function getFlowRunGraph(db: Queryable, request: GraphRequest): Promise<Graph> {
  const { id, since, maxNodes } = request;
  const run = await findFlowRun(db, id);
  if (run === undefined) throw new NotFoundError("Flow run", id, "exception_message");
  // Edges lead to nodes that `since` leaves out, so all nodes are read; without it one too many says enough.
  const rows = await listGraphNodes(db, id, since === undefined ? maxNodes + 1 : Number.MAX_SAFE_INTEGER);
  const shown = since === undefined ? rows : rows.filter((row) => row.end_time === null || row.end_time >= since);
  if (shown.length > maxNodes) {
    throw new InvalidRequestError(`The graph of flow run ${id} has more than ${maxNodes} nodes.`);
  }
  const artifacts = artifactsByTaskRun(await listGraphArtifacts(db, id, request.maxArtifacts));
  const states = await listFlowRunStates(db, id);
  const edges = edgesBetween(rows);
  const nodes = shown.map((row) => nodeOf(row, edges(row), artifacts.get(row.task_run_id) ?? []));
  return {
    start_time: nullableTime(run.start_time ?? run.expected_start_time),
    end_time: nullableTime(run.end_time),
    root_node_ids: nodes.filter((node) => node.parents.length === 0).map((node) => node.id),
    nodes: nodes.map((node): [string, GraphNode] => [node.id, node]),
    artifacts: artifacts.get(null) ?? [],
    states: states.map(({ id, timestamp, type, name }) => ({ id, timestamp: time(timestamp), type, name })),
  };
}

function nodeOf(row: GraphNodeRow, edges: EdgesOf, artifacts: GraphArtifact[]): GraphNode {
  return {
    kind: row.subflow_run_id === null ? "task-run" : "flow-run",
    id: row.subflow_run_id ?? row.task_run_id,
    label: row.label,
    state_type: row.state_type ?? "PENDING",
    start_time: time(row.start_time),
    end_time: nullableTime(row.end_time),
    ...edges,
    artifacts,
  };
}

function artifactsByTaskRun(rows: readonly GraphArtifactRow[]): Map<string | null, GraphArtifact[]> {
  const artifacts = new Map<string | null, GraphArtifact[]>();
  for (const row of rows) {
    const known = artifacts.get(row.task_run_id) ?? [];
    artifacts.set(row.task_run_id, known);
    const { id, key, type } = row;
    known.push({
      id,
      created: time(row.created),
      key,
      type,
      is_latest: row.is_latest === 1,
      data: nullableJson(row.data),
    });
  }
  return artifacts;
}
