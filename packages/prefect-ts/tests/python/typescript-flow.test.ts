import { beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { Api, type JsonObject } from "./api.ts";
import "./global-setup.ts";
import { MISSING_PYTHON, runScript } from "./python.ts";
import { flowRun, flowRunStates, graph, logs, subflowRuns, taskRuns } from "./read-back.ts";

interface Result {
  flow_run_ids: [string, string];
  departures: number;
}

/** One download of the airports, one validation, one index, a measurement and a download for each state. */
const STATES = 57;
const TASK_RUNS = 3 + 2 * STATES + 1;

const servers = [
  { name: "Prefect's own server", key: "reference" },
  { name: "our server", key: "ours" },
] as const;

describe.each(servers)("the demo's flow on $name", ({ key }) => {
  const url = inject(key);
  const python = inject("python");
  const api = new Api(url, key);
  let result: Result;
  beforeEach((context) => context.skip(python === undefined, MISSING_PYTHON));
  beforeAll(async () => {
    if (python === undefined) return;
    const program = await runScript<Omit<Result, "flow_run_ids">>(process.execPath, "airports.ts", url);
    const runs = await api.list("/flow_runs/filter", {
      flows: { name: { any_: ["airport-traffic"] } },
      sort: "START_TIME_ASC",
    });
    expect(runs).toHaveLength(2);
    result = { ...program.result, flow_run_ids: [String(runs[0]?.["id"]), String(runs[1]?.["id"])] };
    for (const id of result.flow_run_ids) await api.untilRecorded(id, TASK_RUNS);
  });

  test("is completed, through every state in order", async () => {
    const [id] = result.flow_run_ids;
    expect(await flowRun(api, id)).toMatchObject({ state_type: "COMPLETED", run_count: 1 });
    const states = (await flowRunStates(api, id)) as JsonObject[];
    expect(states.map((state) => state["name"])).toEqual(["Pending", "Running", "Completed"]);
  });

  test("has every task run completed, and those that failed at first with more than one attempt", async () => {
    const runs = await taskRuns(api, result.flow_run_ids[0]);
    expect(runs).toHaveLength(TASK_RUNS);
    expect(runs.every((run) => run["state_type"] === "COMPLETED")).toBe(true);
    const retried = runs.filter((run) => Number(run["run_count"]) > 1);
    expect(retried.length).toBeGreaterThan(0);
    for (const run of retried) {
      const names = (run["states"] as JsonObject[]).map((state) => String(state["name"]));
      expect(names.slice(0, 4)).toEqual(["Pending", "Running", "AwaitingRetry", "Retrying"]);
      expect(names.at(-1)).toBe("Completed");
    }
  });

  test("takes the index from the cache the second time", async () => {
    const namesOf = async (id: string) =>
      (await taskRuns(api, id))
        .filter((run) => String(run["name"]).startsWith("index-positions"))
        .map((run) => run["state_name"]);
    expect(await namesOf(result.flow_run_ids[0])).toEqual(["Completed"]);
    expect(await namesOf(result.flow_run_ids[1])).toEqual(["Cached"]);
  });

  test("shows the subflow in the graph, after what it depends on", async () => {
    const { nodes } = (await graph(api, result.flow_run_ids[0])) as { nodes: [string, JsonObject][] };
    expect(nodes).toHaveLength(TASK_RUNS);
    const [subflow] = nodes.filter(([, node]) => node["kind"] === "flow-run");
    expect(String(subflow?.[1]["label"])).toMatch(/^publish-report \/ /);
    const nested = nodes.filter(([, node]) => (node["encapsulating"] as unknown[]).length > 0);
    expect(nested).toHaveLength(STATES);
    const runs = await subflowRuns(api, result.flow_run_ids[0]);
    expect(runs.map((run) => run["state_type"])).toEqual(["COMPLETED"]);
  });

  test("leaves its table and its logs", async () => {
    const [id] = result.flow_run_ids;
    const [artifact] = await api.list("/artifacts/filter", {
      artifacts: { key: { any_: ["airport-traffic"] } },
      flow_runs: { parent_flow_run_id: { any_: [id] } },
    });
    const rows = JSON.parse(String(artifact?.["data"])) as { state: string; departures: number }[];
    expect(rows).toHaveLength(10);
    expect(rows[0]).toMatchObject({ state: "CA", departures: 824_597 });
    const messages = ((await logs(api, id)) as JsonObject[]).map((log) => String(log["message"]));
    expect(messages.some((message) => message.startsWith(`${result.departures} departures from`))).toBe(true);
    expect(messages.some((message) => /Retry 1\/5 will start/.test(message))).toBe(true);
  });
});
