import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Client, createClient } from "../client/client.ts";
import { createHttpTransport } from "../client/http-transport.ts";
import { type CliProcess, freePort, runPrefect, spawnPrefect } from "./cli-process.ts";
import { isRunning } from "./pid-file.ts";

const PROCESS_TEST_MS = 60_000;

let home: string;
let servers: CliProcess[] = [];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "cli-server-"));
});

afterEach(async () => {
  for (const { child } of servers) child.kill();
  await Promise.all(servers.map(({ outcome }) => outcome));
  servers = [];
  await runPrefect(home, ["server", "stop"]);
  rmSync(home, { recursive: true });
});

const prefect = (...words: string[]) => runPrefect(home, words);

/** Starts a server in the foreground and waits until it says that it is up. */
async function startServer(...words: string[]): Promise<{ server: CliProcess; apiUrl: string; client: Client }> {
  const server = spawnPrefect(home, ["server", "start", "--port", String(await freePort()), ...words]);
  servers.push(server);
  let printed = "";
  const apiUrl = await new Promise<string>((resolve, reject) => {
    server.child.stdout?.on("data", (chunk) => {
      printed += String(chunk);
      const found = /PREFECT_API_URL=(\S+)[\s\S]*Check out the dashboard/.exec(printed);
      if (found?.[1] !== undefined) resolve(found[1]);
    });
    server.outcome.then(({ stdout, stderr }) => reject(new Error(`the server ended: ${stdout}${stderr}`)), reject);
  });
  return { server, apiUrl, client: createClient(createHttpTransport({ apiUrl })) };
}

describe("prefect server", { timeout: PROCESS_TEST_MS }, () => {
  test("start in the foreground, until it is told to end", async () => {
    const { server, apiUrl } = await startServer();
    const status = await runPrefect(home, ["server", "status", "-o", "json"], { env: { PREFECT_API_URL: apiUrl } });
    expect(JSON.parse(status.stdout)).toEqual({
      status: "available",
      api_url: apiUrl,
      server_version: expect.stringMatching(/^3\./),
    });
    const { port } = new URL(apiUrl);
    const second = await prefect("server", "start", "--port", port);
    expect(second).toMatchObject({
      code: 1,
      stdout: `Port ${port} is already in use. Please specify a different port with the \`--port\` \nflag.\n`,
    });

    server.child.kill("SIGTERM");
    const { code, stdout } = await server.outcome;
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^\n ___ ___ [\s\S]*\nView the API reference documentation at http:\S+\/docs\n[\s\S]*\nServer stopped!\n$/,
    );
  });

  test("start in the background, and stop", async () => {
    const port = String(await freePort());
    const env = { PREFECT_API_URL: `http://127.0.0.1:${port}/api` };
    const started = await prefect("server", "start", "--background", "--port", port);
    expect(started).toMatchObject({ code: 0, stderr: "" });
    expect(started.stdout).toContain("The Prefect server is running in the background.");
    const pid = Number(readFileSync(join(home, "server.pid"), "utf8"));
    expect((await runPrefect(home, ["server", "status", "--wait"], { env })).stdout).toMatch(
      /Server is available.\n {2}API URL: \S+\n {2}Server version: 3\.\S+\n$/,
    );
    expect((await prefect("server", "start", "-b", "--port", port)).stdout).toContain(
      "A server is already running in the",
    );

    expect(await prefect("server", "stop")).toEqual({ code: 0, stdout: "Server stopped!\n", stderr: "" });
    expect(isRunning(pid)).toBe(false);
    expect(existsSync(join(home, "server.pid"))).toBe(false);
    expect((await prefect("server", "stop")).stdout).toBe("No server running in the background.\n");
    expect((await runPrefect(home, ["server", "status", "--wait", "-t", "1"], { env })).stdout).toContain(
      "Timed out after 1 seconds waiting for server at",
    );
  });

  test("stop leaves a process alone that is no server", async () => {
    const bystander = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    writeFileSync(join(home, "server.pid"), String(bystander.pid));
    expect((await prefect("server", "stop")).stdout).toBe(
      "The server process is not running. Cleaning up stale PID file.\n",
    );
    expect(isRunning(bystander.pid ?? 0)).toBe(true);
    bystander.kill();
  });

  test("start refuses what it cannot do", async () => {
    expect((await prefect("server", "start", "--port", "x")).stderr).toContain('unable to convert "x" into int');
    expect((await prefect("server", "start", "--log-level", "loud")).stdout).toContain("must be one of DEBUG, INFO");
    expect((await prefect("server", "start", "--workers", "2")).stdout).toContain(
      "One `prefect server start` is one process",
    );
    expect((await prefect("server", "start", "--host", "nowhere.invalid", "--port", "0")).stdout).toContain(
      "The server cannot listen on nowhere.invalid:0",
    );
  });
});

describe("prefect flow and flow-run", { timeout: PROCESS_TEST_MS }, () => {
  test("work on the embedded database when there is no server", async () => {
    expect(await prefect("flow", "ls")).toEqual({ code: 0, stdout: "No flows found.\n", stderr: "" });
    expect((await prefect("flow-run", "ls")).stdout).toBe("No flow runs found.\n");
    expect((await prefect("flow-run", "ls", "-o", "json")).stdout).toBe("[]\n");
    expect((await prefect("flow-run", "inspect", "01932f6a-7c1e-7abc-8def-0123456789ab")).stdout).toBe(
      "Flow run '01932f6a-7c1e-7abc-8def-0123456789ab' not found!\n",
    );
  });

  test("list, show, cancel and delete runs, and print their logs", async () => {
    const { client } = await startServer("--no-services");
    const flow = await client.flows.create({ name: "etl" });
    const run = await client.flow_runs.create({ flow_id: flow.id, name: "able-ant", state: { type: "SCHEDULED" } });
    const logs = Array.from({ length: 250 }, (_, index) => ({
      name: "prefect.flow_runs",
      level: 20,
      message: `line ${index}`,
      timestamp: `2025-01-31T08:09:10.${String(index).padStart(3, "0")}456Z`,
      flow_run_id: run.id,
    }));
    await client.logs.create({ body: logs });

    // Without PREFECT_API_URL: the living server on the same home is found and used.
    const wide = { env: { COLUMNS: "120" } };
    expect((await runPrefect(home, ["flow", "ls"], wide)).stdout).toContain(`│ ${flow.id} │ etl  │`);
    expect((await runPrefect(home, ["flow-run", "ls", "--state", "scheduled"], wide)).stdout).toContain(
      `│ ${run.id} │ etl  │ able-ant │ SCHEDULED │ a few seconds ago │`,
    );
    expect((await prefect("flow-run", "ls", "--state-type", "running")).stdout).toBe("No flow runs found.\n");
    expect((await prefect("flow-run", "inspect", run.id)).stdout).toContain(`FlowRun(\n    id='${run.id}',\n`);

    const printed = (await prefect("flow-run", "logs", run.id)).stdout.trimEnd().split("\n");
    expect(printed).toHaveLength(250);
    expect(printed[0]).toBe("2025-01-31 08:09:10.000 | INFO    | Flow run 'able-ant' - line 0");
    const tail = await prefect("flow-run", "logs", run.id, "--tail", "-n", "2");
    expect(tail.stdout).toMatch(/line 248\n.*line 249\n$/);

    expect((await prefect("flow-run", "cancel", run.id)).stdout).toContain("was successfully scheduled for");
    const again = await prefect("flow-run", "cancel", run.id);
    expect(again).toMatchObject({ code: 1, stdout: expect.stringContaining("was unable to be cancelled.") });
    expect((await prefect("flow-run", "delete", run.id)).stdout).toBe(`Successfully deleted flow run '${run.id}'.\n`);
    expect((await prefect("flow-run", "delete", run.id)).stdout).toBe(`Flow run '${run.id}' not found!\n`);
  });
});
