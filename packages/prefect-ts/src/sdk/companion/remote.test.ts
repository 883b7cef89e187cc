/** The SDK against a server behind a URL: the very engine that the embedded tests run, over HTTP and a socket. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startServerIn } from "../../testing/sdk-home.ts";
import { getClient } from "../client.ts";
import { configureSdk } from "../configure.ts";
import { flow } from "../flow.ts";
import { currentCompanion } from "../process-companion.ts";
import { getRunLogger } from "../run-logger.ts";
import { runtime } from "../runtime.ts";
import { task } from "../task.ts";

const AUTH = "user:pass";
let home = "";
let server: Awaited<ReturnType<typeof startServerIn>>;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "prefect-ts-remote-"));
  server = await startServerIn(home, {
    PREFECT_SERVER_API_AUTH_STRING: AUTH,
    PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED: "true",
  });
});

afterEach(async () => {
  await configureSdk();
  await server.close();
  await rm(home, { recursive: true, force: true });
});

const double = task({ name: "double", tags: ["math"] }, async (n: number) => n * 2);
const work = flow({ name: "work" }, async (n: number) => {
  getRunLogger().warn("working on %d", n);
  const results = await double.map([n, n + 1]).result();
  return { id: runtime.flowRun.id ?? "", results };
});

async function expectRecorded(id: string): Promise<void> {
  const { flow_runs, logs, task_runs } = getClient();
  expect((await flow_runs.get({ id })).state_type).toBe("COMPLETED");
  const tasks = await task_runs.filter({ flow_runs: { id: { any_: [id] } } });
  expect(tasks.map((run) => [run.state_name, run.tags])).toEqual([
    ["Completed", ["math"]],
    ["Completed", ["math"]],
  ]);
  const lines = await logs.filter({ logs: { flow_run_id: { any_: [id] }, level: { ge_: 30 } } });
  expect(lines.map(({ message }) => message)).toEqual(["working on 1"]);
}

test("a flow runs against a server with authentication and CSRF protection", async () => {
  await configureSdk({
    PREFECT_HOME: home,
    PREFECT_LOGGING_LEVEL: "WARNING",
    PREFECT_API_URL: server.apiUrl,
    PREFECT_API_AUTH_STRING: AUTH,
  });

  const { id, results } = await work(1);

  expect(results).toEqual([2, 4]);
  expect((await currentCompanion().server()).mode).toBe("remote");
  await expectRecorded(id);
});

test("a server that lives on the same home is used without being named", async () => {
  await configureSdk({ PREFECT_HOME: home, PREFECT_LOGGING_LEVEL: "WARNING", PREFECT_API_AUTH_STRING: AUTH });

  const { id } = await work(1);

  expect(await currentCompanion().server()).toMatchObject({ mode: "remote", api_url: server.apiUrl });
  await expectRecorded(id);
});
