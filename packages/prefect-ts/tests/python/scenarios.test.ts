import { expect, test, vi } from "vitest";
import type { Api, Json, JsonObject } from "./api.ts";
import { compareServers, type Read } from "./compare-servers.ts";
import { flowRun, flowRunStates, graph, logs, taskRuns } from "./read-back.ts";

interface OneRun {
  flow_run_id: string;
  task_runs: number;
}

const settle = (api: Api, { flow_run_id, task_runs }: OneRun) => api.untilRecorded(flow_run_id, task_runs);
const of =
  (read: (api: Api, flowRunId: string) => Promise<Json>): Read<OneRun> =>
  (api, { flow_run_id }) =>
    read(api, flow_run_id);

compareServers<OneRun>("many tasks at the same time, by submit and map", {
  script: "fan_out.py",
  settle,
  sections: {
    "the flow run": of(flowRun),
    "the task runs and their states": of(taskRuns),
    "the logs": of((api, id) => logs(api, id, "by message")),
    "the graph": of((api, id) => graph(api, id, "by label")),
  },
});

interface Failures {
  failures: string;
  second_attempt: string;
  out_of_time: string;
  task_runs: number;
}

compareServers<Failures>("what goes wrong", {
  script: "failures.py",
  settle: (api, { failures, task_runs }) => api.untilRecorded(failures, task_runs),
  sections: {
    "the failed flow run": (api, { failures }) => flowRun(api, failures),
    "its states": (api, { failures }) => flowRunStates(api, failures),
    "its task runs and their states": (api, { failures }) => taskRuns(api, failures),
    "its logs": (api, { failures }) => logs(api, failures, "by message"),
    "a flow that is tried again": (api, { second_attempt }) => flowRun(api, second_attempt),
    "the states of both attempts": (api, { second_attempt }) => flowRunStates(api, second_attempt),
    "a flow that is out of time": (api, { out_of_time }) => flowRun(api, out_of_time),
    "the states of the flow that is out of time": (api, { out_of_time }) => flowRunStates(api, out_of_time),
    "a flow that is called with wrong parameters": async (api) =>
      api.list("/flow_runs/filter", { flow_runs: { name: { any_: ["wrong-parameters-run"] } } }),
  },
});

interface Cached {
  first: string;
  second: string;
  task_runs: number;
}

compareServers<Cached>("a result that is kept", {
  script: "caching.py",
  settle: async (api, { first, second, task_runs }) => {
    await api.untilRecorded(first, task_runs);
    await api.untilRecorded(second, task_runs);
  },
  sections: {
    "the first run": (api, { first }) => flowRun(api, first),
    "the first run's task runs": (api, { first }) => taskRuns(api, first),
    "the second run's task runs": (api, { second }) => taskRuns(api, second),
    "the second run's graph": (api, { second }) => graph(api, second),
  },
  expectations: (given) => {
    test("the second run is Cached", async () => {
      const { api, result } = given();
      const runs = await taskRuns(api, result.second);
      expect(runs.map((run) => [run["name"], run["state_name"]])).toEqual([
        ["by-key", "Completed"],
        ["expensive-21", "Cached"],
      ]);
    });
  },
});

/** The parameters as they stand in the answer: parsing would lose what is to be seen. */
async function parametersText(api: Api, id: string): Promise<string> {
  const { text } = await api.request("GET", `/flow_runs/${id}`);
  const start = text.indexOf('"parameters":') + '"parameters":'.length;
  return text.slice(start, text.indexOf(',"idempotency_key"', start)).replaceAll(/\s/g, "");
}

compareServers<OneRun>("parameters that JSON readers change", {
  script: "parameters.py",
  settle,
  sections: {
    "the text of the parameters": of(parametersText),
    "the task run": of(taskRuns),
  },
  expectations: (given) => {
    test("1.0 and 2**70 are kept to the digit, keys in their order", async () => {
      const { api, result } = given();
      const text = await parametersText(api, result.flow_run_id);
      for (const part of ['"whole":1.0', `"big":${2n ** 70n}`, '"order":{"z":1,"a":2,"10":3,"9":4,"":null}']) {
        expect(text).toContain(part);
      }
    });
  },
});

const artifactsOf: Read<OneRun> = async (api, { flow_run_id }) => {
  const filter = { flow_runs: { id: { any_: [flow_run_id] } }, artifacts: { type: { not_any_: ["result"] } } };
  const found = await api.list("/artifacts/filter", { ...filter, sort: "KEY_ASC" });
  const text = (artifact: JsonObject) => [artifact["key"], artifact["data"]].join("\n");
  found.sort((a, b) => (text(a) < text(b) ? -1 : 1)); // equal keys come in any order
  return { all: found, count: await api.post("/artifacts/count", filter) };
};

compareServers<OneRun>("artifacts", {
  script: "artifacts.py",
  settle,
  sections: {
    "all of them": artifactsOf,
    "the latest of a key": (api) => api.get("/artifacts/report/latest"),
    "the latest of each key": async (api) =>
      (await api.list("/artifacts/latest/filter", { artifacts: { key: { exists_: true } }, sort: "KEY_ASC" })).map(
        ({ key, type, description, data }) => ({
          key: key ?? null,
          type: type ?? null,
          description: description ?? null,
          data: data ?? null,
        }),
      ),
    "in the graph": of((api, id) => graph(api, id)),
  },
});

compareServers<OneRun>("task-run events sent twice and out of order", {
  script: "replay.py",
  settle: async (api, result) => {
    await settle(api, result);
    // The last state may be recorded before the first.
    await vi.waitFor(
      async () => {
        const counts = (await taskRuns(api, result.flow_run_id)).map((run) => (run["states"] as Json[]).length);
        expect(counts).toEqual([3, 3, 3, 3]);
      },
      { timeout: 20_000 },
    );
  },
  sections: { "the task runs and their states": of(taskRuns) },
  expectations: (given) => {
    test("each ends Completed, whatever the order of its events", async () => {
      const { api, result } = given();
      const runs = await taskRuns(api, result.flow_run_id);
      expect(runs.map((run) => [run["name"], run["state_name"], run["run_count"], run["total_run_time"]])).toEqual(
        ["apart", "reversed", "twice", "usual"].map((name) => [name, "Completed", 1, 1]),
      );
    });
  },
});

compareServers<OneRun>("a flow that pauses", {
  script: "pausing.py",
  settle,
  sections: {
    "the flow run": of(flowRun),
    "its states": of(flowRunStates),
    "its task runs": of(taskRuns),
  },
});

compareServers<Record<string, JsonObject>>("filters and sorts of the Python client", {
  script: "filters.py",
  sections: Object.fromEntries(
    ["flow_runs", "flows", "task_runs", "logs", "artifacts"].map((kind): [string, Read<Record<string, JsonObject>>] => [
      kind,
      async (_, result) => result[kind] ?? null,
    ]),
  ),
  expectations: (given) => {
    test("find something, and not everything", () => {
      const { result } = given();
      for (const [kind, queries] of Object.entries(result)) {
        const sizes = new Set(Object.values(queries).map((found) => (found as Json[]).length));
        expect([kind, sizes.size > 1]).toEqual([kind, true]);
      }
    });
  },
});

compareServers<Record<string, Json>>("the rules of set_state", {
  script: "orchestration.py",
  sections: { "every proposal and its answer": async (_, result) => result },
  expectations: (given) => {
    test.each(["the usual life", "retried", "paused"])("%s has answers", (name) => {
      expect((given().result[name] as Json[]).length).toBeGreaterThan(2);
    });
  },
});
