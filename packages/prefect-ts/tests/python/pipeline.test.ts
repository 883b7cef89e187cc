import { expect, test } from "vitest";
import type { JsonObject } from "./api.ts";
import { compareServers } from "./compare-servers.ts";
import { flowOf, flowRun, flowRunStates, graph, logs, subflowRuns, taskRuns } from "./read-back.ts";

interface Result {
  flow_run_id: string;
  task_runs: number;
  subflow_task_runs: number;
}

compareServers<Result>("a Python flow with tasks, a retry, a subflow, tags and logs", {
  script: "pipeline.py",
  settle: async (api, { flow_run_id, ...counts }) => {
    await api.untilRecorded(flow_run_id, counts.task_runs);
    for (const subflow of await subflowRuns(api, flow_run_id)) {
      await api.untilRecorded(String(subflow["id"]), counts.subflow_task_runs);
    }
  },
  sections: {
    "the flow": (api, { flow_run_id }) => flowOf(api, flow_run_id),
    "the flow run": (api, { flow_run_id }) => flowRun(api, flow_run_id),
    "its states": (api, { flow_run_id }) => flowRunStates(api, flow_run_id),
    "the task runs and their states": (api, { flow_run_id }) => taskRuns(api, flow_run_id),
    "the subflow's run and states": (api, { flow_run_id }) => subflowRuns(api, flow_run_id),
    "the subflow's task runs": async (api, { flow_run_id }) =>
      taskRuns(api, String((await subflowRuns(api, flow_run_id))[0]?.["id"])),
    "the logs": (api, { flow_run_id }) => logs(api, flow_run_id),
    "the graph": (api, { flow_run_id }) => graph(api, flow_run_id),
    "counts by state": (api, { flow_run_id }) =>
      api.post("/task_runs/count", {
        flow_runs: { id: { any_: [flow_run_id] } },
        task_runs: { state: { type: { any_: ["COMPLETED"] } } },
      }),
  },
  expectations: (given) => {
    test("the task that failed once has run twice, through every state in order", async () => {
      const { api, result } = given();
      const [extract] = (await taskRuns(api, result.flow_run_id)).filter((run) =>
        String(run["name"]).startsWith("extract"),
      );
      expect(extract).toMatchObject({
        run_count: 2,
        state_name: "Completed",
        tags: expect.arrayContaining(["inner", "source"]),
      });
      const names = ((extract?.["states"] ?? []) as JsonObject[]).map((state) => state["name"]);
      expect(names).toEqual(["Pending", "Running", "AwaitingRetry", "Retrying", "Completed"]);
    });

    test("the subflow stands in the graph as a flow run between the tasks", async () => {
      const { api, result } = given();
      const { nodes } = (await graph(api, result.flow_run_id)) as { nodes: [string, JsonObject][] };
      expect(nodes.map(([, node]) => [node["kind"], String(node["label"]).replace(/-[0-9a-f]{3}$/, "")])).toEqual([
        ["task-run", "extract"],
        ["task-run", "transform-10"],
        ["flow-run", "summary / summary of numbers"],
        ["task-run", "load-all"],
      ]);
    });
  },
});
