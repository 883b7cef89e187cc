/** A server process in a home of its own on a free port: ours, or Prefect's. */
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { OUR_CLI } from "./our-cli.ts";
import { environment, type Scenario } from "./scenario.ts";

const START_TIMEOUT_MS = 90_000;
const END_TIMEOUT_MS = 10_000;
/** Short beside what is measured, long beside what a look costs. */
const POLL_MS = 4;

export interface ServerProcess {
  readonly pid: number;
  readonly port: number;
  /** As PREFECT_API_URL wants it. */
  readonly apiUrl: string;
  /** From the start of the process to the first healthy answer. */
  readonly healthyAfterMs: number;
  /** Everything that it has printed. */
  output(): string;
  stop(): Promise<void>;
}

export interface ServerOptions {
  /** With it Prefect's own server, else ours. */
  readonly python?: string | undefined;
  readonly settings?: Readonly<Record<string, string>>;
}

/** Started when it answers; stopped when the scenario ends at the latest. */
export async function startServer(scenario: Scenario, options: ServerOptions = {}): Promise<ServerProcess> {
  const home = await scenario.newHome();
  const port = await freePort();
  const logFile = join(home, "server-output.log");
  const log = await open(logFile, "w");
  const startedAt = performance.now();
  const child = launch(options, home, port, log.fd);
  let isStopped = false;
  const stop = async () => {
    if (isStopped) return;
    isStopped = true;
    await endGroup(child);
    await log.close();
  };
  scenario.atEnd(stop);
  const output = () => readFileSync(logFile, "utf8");
  if (!(await isHealthy(port, child))) throw new Error(`the server did not start:\n${output()}`);
  const healthyAfterMs = performance.now() - startedAt;
  return { pid: child.pid ?? 0, port, apiUrl: `http://127.0.0.1:${port}/api`, healthyAfterMs, output, stop };
}

function launch({ python, settings = {} }: ServerOptions, home: string, port: number, log: number): ChildProcess {
  const own = python === undefined ? [OUR_CLI] : ["-m", "prefect"];
  const args = [...own, "server", "start", "--host", "127.0.0.1", "--port", String(port)];
  const pages: Record<string, string> = python === undefined ? {} : { PREFECT_SERVER_UI_ENABLED: "false" };
  return spawn(python ?? process.execPath, args, {
    env: environment(home, { ...pages, ...settings }),
    stdio: ["ignore", log, log],
    // A group of its own: Prefect's server has children, and all of them are to end.
    detached: true,
  });
}

async function isHealthy(port: number, child: ChildProcess): Promise<boolean> {
  for (const deadline = Date.now() + START_TIMEOUT_MS; Date.now() < deadline; ) {
    if (child.exitCode !== null || child.signalCode !== null) return false;
    if (await answersHealthy(port)) return true;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return false;
}

/** By a bare socket: `fetch` would keep its own schedule of connections. */
function answersHealthy(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    let answer = "";
    socket.on("connect", () => {
      socket.write(`GET /api/health HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`);
    });
    socket.on("data", (chunk) => {
      answer += String(chunk);
    });
    socket.on("error", () => resolve(false));
    socket.on("close", () => resolve(answer.startsWith("HTTP/1.1 200")));
  });
}

async function endGroup(child: ChildProcess): Promise<void> {
  const { pid } = child;
  if (pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once("exit", resolve));
  process.kill(-pid, "SIGTERM");
  const insist = setTimeout(() => process.kill(-pid, "SIGKILL"), END_TIMEOUT_MS);
  await exit;
  clearTimeout(insist);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const port = typeof address === "object" ? address?.port : undefined;
      probe.close(() => (port === undefined ? reject(new Error("no free port")) : resolve(port)));
    });
  });
}
