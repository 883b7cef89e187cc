import { expect, test } from "vitest";
import { newId } from "../../domain/ids.ts";
import { describeEachDatabase } from "../../testing/databases.ts";
import { useTestServer } from "../../testing/test-server.ts";

const at = (second: number) => `2026-01-01T12:00:${String(second).padStart(2, "0")}.000001Z`;

describeEachDatabase("logs over HTTP", (given) => {
  const server = useTestServer(given);
  const [runA, runB, task] = [newId(), newId(), newId()];
  const lines = [
    { name: "prefect.flow_runs", level: 10, message: "disk check", timestamp: at(3), flow_run_id: runA },
    { name: "prefect.flow_runs", level: 20, message: "Started 100% of it", timestamp: at(1), flow_run_id: runA },
    {
      name: "prefect.task_runs",
      level: 40,
      message: "disk ERROR",
      timestamp: at(2),
      flow_run_id: runA,
      task_run_id: task,
    },
    { name: "prefect.flow_runs", level: 40, message: "error of the net", timestamp: at(4), flow_run_id: runB },
  ];

  async function messages(body: Record<string, unknown>) {
    const answer = await server.request("POST", "/api/logs/filter", { body });
    expect(answer.status, answer.text).toBe(200);
    return (answer.json as { message: string }[]).map((log) => log.message);
  }
  const ours = (logs: Record<string, unknown> = {}) => ({ logs: { flow_run_id: { any_: [runA, runB] }, ...logs } });

  test("a batch is stored and answered with null", async () => {
    const answer = await server.request("POST", "/api/logs/", { body: lines });
    expect({ status: answer.status, json: answer.json }).toEqual({ status: 201, json: null });
    expect((await server.request("POST", "/api/logs/", { body: [] })).status).toBe(201);
  });

  test("a line comes back with everything that was sent", async () => {
    const { json } = await server.request("POST", "/api/logs/filter", {
      body: ours({ task_run_id: { any_: [task] } }),
    });
    const [log] = json as Record<string, unknown>[];
    expect(log).toEqual({ id: log?.["id"], created: log?.["created"], updated: log?.["created"], ...lines[2] });
  });

  test.each([
    ["all, in the order of their times", {}, {}, [1, 2, 0, 3]],
    ["newest first", {}, { sort: "TIMESTAMP_DESC" }, [3, 0, 2, 1]],
    ["a page", {}, { limit: 2, offset: 1 }, [2, 0]],
    ["none", {}, { limit: 0 }, []],
    ["a run", { flow_run_id: { any_: [runB] } }, {}, [3]],
    ["no run", { flow_run_id: { any_: [] } }, {}, []],
    ["levels", { level: { ge_: 20, le_: 20 } }, {}, [1]],
    ["a time", { timestamp: { after_: at(2), before_: at(3) } }, {}, [2, 0]],
    ["lines of no task run", { task_run_id: { is_null_: true } }, {}, [1, 0, 3]],
    ["words", { text: { query: "error" } }, {}, [2, 3]],
    ["words that exclude", { text: { query: "error -net" } }, {}, [2]],
    ["words that must be there", { text: { query: "+disk +error" } }, {}, [2]],
    ["signs that mean something to LIKE", { text: { query: "100% _" } }, {}, [1, 2, 0, 3]],
    ["a percent sign", { text: { query: "0%" } }, {}, [1]],
    ["a logger's name", { text: { query: "task_runs" } }, {}, [2]],
  ])("lists %s", async (_, filter, page, expected) => {
    expect(await messages({ ...ours(filter), ...page })).toEqual(expected.map((index) => lines[index]?.message));
  });

  test("the same list again is the same, ties included", async () => {
    const run = newId();
    const tied = Array.from({ length: 20 }, (_, index) => ({
      ...lines[0],
      flow_run_id: run,
      message: `line ${index}`,
    }));
    await server.request("POST", "/api/logs/", { body: tied });
    expect(await messages({ logs: { flow_run_id: { any_: [run] } } })).toEqual(tied.map((line) => line.message));
  });

  test("a worker's id is accepted", async () => {
    const body = [{ ...lines[0], flow_run_id: newId(), worker_id: newId() }];
    expect((await server.request("POST", "/api/logs/", { body })).status).toBe(201);
  });
});
