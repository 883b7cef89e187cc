import type { z } from "zod";
import type { GroupName } from "./paths.ts";
import type { RouteShape } from "./route.ts";

/** The shapes of a group, loaded when one of its routes is first used. */
const loaders = {
  root: () => import("./root.ts").then((file) => file.rootRoutes),
  admin: () => import("./admin.ts").then((file) => file.adminRoutes),
  ext: () => import("./ext.ts").then((file) => file.extRoutes),
  flows: () => import("./flows.ts").then((file) => file.flowRoutes),
  flow_runs: () => import("./flow-runs.ts").then((file) => file.flowRunRoutes),
  flow_run_states: () => import("./flow-run-states.ts").then((file) => file.flowRunStateRoutes),
  task_runs: () => import("./task-runs.ts").then((file) => file.taskRunRoutes),
  task_run_states: () => import("./task-run-states.ts").then((file) => file.taskRunStateRoutes),
  logs: () => import("./logs.ts").then((file) => file.logRoutes),
  artifacts: () => import("./artifacts.ts").then((file) => file.artifactRoutes),
  events: () => import("./events.ts").then((file) => file.eventRoutes),
  concurrency_limits_v2: () => import("./concurrency-limits-v2.ts").then((file) => file.concurrencyLimitV2Routes),
};

export function loadShapes(group: GroupName): Promise<Record<string, RouteShape>> {
  // Checked here and not by `satisfies` above, which would widen what is inferred for each route.
  const loadersByGroup: Record<GroupName, () => Promise<Record<string, RouteShape>>> = loaders;
  return loadersByGroup[group]();
}

export type Contract = { [Group in GroupName]: Awaited<ReturnType<(typeof loaders)[Group]>> };

type InputOf<Schema> = Schema extends z.ZodType ? z.input<Schema> : unknown;
type BodyInput<Shape> = Shape extends { body: infer Body extends z.ZodType }
  ? z.input<Body> extends readonly unknown[]
    ? { body: z.input<Body> }
    : z.input<Body>
  : unknown;

/** What a client hands over: the path's parameters, the query and the body's keys side by side. */
export type RouteInput<Shape> = InputOf<Shape extends { params: infer Params } ? Params : unknown> &
  InputOf<Shape extends { query: infer Query } ? Query : unknown> &
  BodyInput<Shape>;

/** What a client gets back. */
export type RouteOutput<Shape> = Shape extends { returns: infer Returns extends z.ZodType }
  ? z.output<Returns>
  : undefined;
