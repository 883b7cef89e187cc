/** `prefect-ts/domain`: what goes over the wire, as types, and the arithmetic of its moments. */
export type { Artifact } from "./artifacts.ts";
export { type ErrorCode, PrefectError } from "./errors.ts";
export type { FlowRun, FlowRunSort } from "./flow-runs.ts";
export type { Flow } from "./flows.ts";
export type { Graph, GraphArtifact, GraphNode } from "./graph.ts";
export type { History } from "./history.ts";
export { addMs, addSeconds, formatInstant, type Instant, instantFromMs, parseInstant, toMs } from "./instant.ts";
export type { Log } from "./logs.ts";
export type { State, StateType } from "./states.ts";
export type { TaskRun } from "./task-runs.ts";
