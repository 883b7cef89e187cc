/** What the REST API says of one flow run, in an order that does not depend on ids or on the clock. */
import type { Api, Json, JsonObject } from "./api.ts";

const LOGS_PER_PAGE = 200;

const by = (...keys: string[]) => {
  const text = (item: JsonObject) => keys.map((key) => String(item[key])).join("\n");
  return (a: JsonObject, b: JsonObject) => (text(a) < text(b) ? -1 : 1);
};

export const flowRun = (api: Api, id: string): Promise<Json> => api.get(`/flow_runs/${id}`);

export const flowRunStates = (api: Api, id: string): Promise<Json> => api.get(`/flow_run_states/?flow_run_id=${id}`);

export async function flowOf(api: Api, id: string): Promise<Json> {
  return api.get(`/flows/${((await flowRun(api, id)) as JsonObject)["flow_id"]}`);
}

/** The runs of subflows, with their states. */
export async function subflowRuns(api: Api, id: string): Promise<JsonObject[]> {
  const runs = await api.list("/flow_runs/filter", { flow_runs: { parent_flow_run_id: { any_: [id] } } });
  return Promise.all(
    runs.sort(by("name")).map(async (run) => ({ ...run, states: await flowRunStates(api, String(run["id"])) })),
  );
}

/** The task runs by name, each as it is read alone, with its states; what an input consists of comes in the same order. */
export async function taskRuns(api: Api, flowRunId: string): Promise<JsonObject[]> {
  const runs = await api.list("/task_runs/filter", { flow_runs: { id: { any_: [flowRunId] } } });
  const ids = runs.sort(by("name")).map(({ id }) => String(id));
  const inOrder = (a: JsonObject, b: JsonObject) => ids.indexOf(String(a["id"])) - ids.indexOf(String(b["id"]));
  const ordered = (inputs: Json | undefined): JsonObject =>
    Object.fromEntries(
      Object.entries((inputs ?? {}) as Record<string, JsonObject[]>).map(([name, parts]) => [
        name,
        [...parts].sort(inOrder),
      ]),
    );
  return Promise.all(
    ids.map(async (id) => {
      const run = (await api.get(`/task_runs/${id}`)) as JsonObject;
      const states = await api.get(`/task_run_states/?task_run_id=${id}`);
      return { ...run, task_inputs: ordered(run["task_inputs"]), states };
    }),
  );
}

/** The whole log by time, or by message where threads write at the same time. */
export async function logs(api: Api, flowRunId: string, order: "by time" | "by message" = "by time"): Promise<Json> {
  const found: JsonObject[] = [];
  for (let page = LOGS_PER_PAGE; page === LOGS_PER_PAGE; ) {
    const filter = { logs: { flow_run_id: { any_: [flowRunId] } }, sort: "TIMESTAMP_ASC" };
    const next = await api.list("/logs/filter", { ...filter, offset: found.length, limit: LOGS_PER_PAGE });
    found.push(...next);
    page = next.length;
  }
  return order === "by time" ? found : found.sort(by("message", "level"));
}

/** The run graph; nodes by time, or by label where several start together, and edges in the order of the nodes. */
export async function graph(api: Api, id: string, order: "by time" | "by label" = "by time"): Promise<Json> {
  const answer = (await api.get(`/flow_runs/${id}/graph-v2`)) as JsonObject;
  const nodes = [...(answer["nodes"] as [string, JsonObject][])];
  if (order === "by label") nodes.sort(([, a], [, b]) => by("label")(a, b));
  const position = new Map(nodes.map(([node], index) => [node, index]));
  const inOrder = (a: string, b: string) => (position.get(a) ?? -1) - (position.get(b) ?? -1);
  // Prefect's server repeats an edge for each parameter that it comes through.
  const edges = (node: JsonObject, key: string) =>
    [...new Set((node[key] as { id: string }[]).map(({ id }) => id))].sort(inOrder);
  return {
    ...answer,
    root_node_ids: [...(answer["root_node_ids"] as string[])].sort(inOrder),
    nodes: nodes.map(([node, detail]) => [
      node,
      {
        ...detail,
        ...Object.fromEntries(["parents", "children", "encapsulating"].map((key) => [key, edges(detail, key)])),
      },
    ]),
  };
}
