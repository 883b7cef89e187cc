import type { z } from "zod";
import type { adminRoutes } from "./admin.ts";
import type { artifactRoutes } from "./artifacts.ts";
import type { concurrencyLimitV2Routes } from "./concurrency-limits-v2.ts";
import type { eventRoutes } from "./events.ts";
import type { extRoutes } from "./ext.ts";
import type { flowRunStateRoutes } from "./flow-run-states.ts";
import type { flowRunRoutes } from "./flow-runs.ts";
import type { flowRoutes } from "./flows.ts";
import type { logRoutes } from "./logs.ts";
import type { GroupName } from "./paths.ts";
import type { rootRoutes } from "./root.ts";
import type { RouteShape } from "./route.ts";
import type { taskRunStateRoutes } from "./task-run-states.ts";
import type { taskRunRoutes } from "./task-runs.ts";

/** The shapes of every group, as types only: a client is built without loading a schema. */
export interface Contract extends Record<GroupName, Record<string, RouteShape>> {
  root: typeof rootRoutes;
  admin: typeof adminRoutes;
  ext: typeof extRoutes;
  flows: typeof flowRoutes;
  flow_runs: typeof flowRunRoutes;
  flow_run_states: typeof flowRunStateRoutes;
  task_runs: typeof taskRunRoutes;
  task_run_states: typeof taskRunStateRoutes;
  logs: typeof logRoutes;
  artifacts: typeof artifactRoutes;
  events: typeof eventRoutes;
  concurrency_limits_v2: typeof concurrencyLimitV2Routes;
}

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
