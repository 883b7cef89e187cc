/**
 * Every route's method and path: plain data, so that a client can be built without loading a schema. The shapes are
 * in the file of the same group (`flow-runs.ts`). Paths are relative to `/api`.
 */

export interface PathOf {
  readonly method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  readonly path: string;
  /** The body is a bare array or value, not an object whose keys can stand beside the path's parameters. */
  readonly hasRawBody?: true;
}

const get = (path: string) => ({ method: "GET", path }) as const;
const post = (path: string) => ({ method: "POST", path }) as const;
const patch = (path: string) => ({ method: "PATCH", path }) as const;
const remove = (path: string) => ({ method: "DELETE", path }) as const;
const postRaw = (path: string) => ({ method: "POST", path, hasRawBody: true }) as const;
const patchRaw = (path: string) => ({ method: "PATCH", path, hasRawBody: true }) as const;

export const paths = {
  root: {
    health: get("/health"),
    hello: get("/hello"),
    ready: get("/ready"),
    version: get("/version"),
    csrf_token: get("/csrf-token"),
  },
  admin: {
    version: get("/admin/version"),
    settings: get("/admin/settings"),
    get_storage: get("/admin/storage"),
  },
  ext: {
    features: get("/ext"),
  },
  flows: {
    create: post("/flows/"),
    get: get("/flows/:id"),
    get_by_name: get("/flows/name/:name"),
    update: patch("/flows/:id"),
    delete: remove("/flows/:id"),
    filter: post("/flows/filter"),
    count: post("/flows/count"),
    paginate: post("/flows/paginate"),
    bulk_delete: post("/flows/bulk_delete"),
  },
  flow_runs: {
    create: post("/flow_runs/"),
    get: get("/flow_runs/:id"),
    update: patch("/flow_runs/:id"),
    delete: remove("/flow_runs/:id"),
    filter: post("/flow_runs/filter"),
    count: post("/flow_runs/count"),
    paginate: post("/flow_runs/paginate"),
    history: post("/flow_runs/history"),
    lateness: post("/flow_runs/lateness"),
    set_state: post("/flow_runs/:id/set_state"),
    bulk_set_state: post("/flow_runs/bulk_set_state"),
    bulk_delete: post("/flow_runs/bulk_delete"),
    resume: post("/flow_runs/:id/resume"),
    graph_v2: get("/flow_runs/:id/graph-v2"),
    update_labels: patchRaw("/flow_runs/:id/labels"),
    download_logs: get("/flow_runs/:id/logs/download"),
    create_input: post("/flow_runs/:id/input"),
    filter_input: post("/flow_runs/:id/input/filter"),
    get_input: get("/flow_runs/:id/input/:key"),
    delete_input: remove("/flow_runs/:id/input/:key"),
  },
  flow_run_states: {
    get: get("/flow_run_states/:id"),
    list: get("/flow_run_states/"),
  },
  task_runs: {
    create: post("/task_runs/"),
    get: get("/task_runs/:id"),
    update: patch("/task_runs/:id"),
    delete: remove("/task_runs/:id"),
    filter: post("/task_runs/filter"),
    count: post("/task_runs/count"),
    paginate: post("/task_runs/paginate"),
    history: post("/task_runs/history"),
    set_state: post("/task_runs/:id/set_state"),
  },
  task_run_states: {
    get: get("/task_run_states/:id"),
    list: get("/task_run_states/"),
  },
  logs: {
    create: postRaw("/logs/"),
    filter: post("/logs/filter"),
  },
  artifacts: {
    create: post("/artifacts/"),
    get: get("/artifacts/:id"),
    get_latest: get("/artifacts/:key/latest"),
    update: patch("/artifacts/:id"),
    delete: remove("/artifacts/:id"),
    filter: post("/artifacts/filter"),
    count: post("/artifacts/count"),
    filter_latest: post("/artifacts/latest/filter"),
    count_latest: post("/artifacts/latest/count"),
  },
  events: {
    create: postRaw("/events"),
  },
  concurrency_limits_v2: {
    create: post("/v2/concurrency_limits/"),
    get: get("/v2/concurrency_limits/:id_or_name"),
    update: patch("/v2/concurrency_limits/:id_or_name"),
    delete: remove("/v2/concurrency_limits/:id_or_name"),
    filter: post("/v2/concurrency_limits/filter"),
    increment: post("/v2/concurrency_limits/increment"),
    increment_with_lease: post("/v2/concurrency_limits/increment-with-lease"),
    decrement: post("/v2/concurrency_limits/decrement"),
    decrement_with_lease: post("/v2/concurrency_limits/decrement-with-lease"),
    renew_lease: post("/v2/concurrency_limits/leases/:lease_id/renew"),
  },
} as const satisfies Record<string, Record<string, PathOf>>;

export type Paths = typeof paths;
export type GroupName = keyof Paths;

export function pathOf(group: GroupName, name: string): PathOf | undefined {
  const routes: Record<string, PathOf> = paths[group];
  return Object.hasOwn(routes, name) ? routes[name] : undefined;
}
