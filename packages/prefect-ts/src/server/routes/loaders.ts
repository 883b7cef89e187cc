import type { GroupName } from "../../contract/paths.ts";
import type { Implementation } from "../implement.ts";

/** The behaviour of each group, loaded when one of its routes is first used. */
export const routeLoaders: Record<GroupName, () => Promise<Implementation>> = {
  root: () => import("./root.ts").then((file) => file.implementation),
  admin: () => import("./admin.ts").then((file) => file.implementation),
  ext: () => import("./ext.ts").then((file) => file.implementation),
  flows: () => import("./flows.ts").then((file) => file.implementation),
  flow_runs: () => import("./flow-runs.ts").then((file) => file.implementation),
  flow_run_states: () => import("./flow-run-states.ts").then((file) => file.implementation),
  task_runs: () => import("./task-runs.ts").then((file) => file.implementation),
  task_run_states: () => import("./task-run-states.ts").then((file) => file.implementation),
  logs: () => import("./logs.ts").then((file) => file.implementation),
  artifacts: () => import("./artifacts.ts").then((file) => file.implementation),
  events: () => import("./events.ts").then((file) => file.implementation),
  concurrency_limits_v2: () => import("./concurrency-limits-v2.ts").then((file) => file.implementation),
};
