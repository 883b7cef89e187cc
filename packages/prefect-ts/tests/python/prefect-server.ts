/** A server process in a home of its own on a free port: ours, or Prefect's. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { prefectEnvironment } from "./python.ts";

const OUR_CLI = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
const START_TIMEOUT_MS = 90_000;
const POLL_MS = 50;

export interface PrefectServer {
  /** Ends in `/api`, as PREFECT_API_URL wants it. */
  apiUrl: string;
  stop(): Promise<void>;
}

/** Prefect's own server of the given Python. Its first start takes about ten seconds. */
export function startReferenceServer(python: string): Promise<PrefectServer> {
  return startServer(python, ["-m", "prefect", "server", "start"], { PREFECT_SERVER_UI_ENABLED: "false" });
}

export function startOurServer(): Promise<PrefectServer> {
  if (!existsSync(OUR_CLI)) throw new Error(`${OUR_CLI} is not built: npm run build`);
  return startServer(process.execPath, [OUR_CLI, "server", "start"], {});
}

async function startServer(command: string, args: string[], settings: Record<string, string>): Promise<PrefectServer> {
  const home = await mkdtemp(`${tmpdir()}/prefect-ts-server-`);
  const port = await freePort();
  const child = spawn(command, [...args, "--host", "127.0.0.1", "--port", String(port)], {
    env: prefectEnvironment(home, settings),
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own: Prefect's server has children, and all of them are to end.
    detached: true,
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => output.push(String(chunk)));

  const stop = async () => {
    await endGroup(child);
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  };
  const apiUrl = `http://127.0.0.1:${port}/api`;
  try {
    await untilHealthy(apiUrl, child);
  } catch (error) {
    await stop();
    throw new Error(`${command} ${args.join(" ")}: ${String(error)}\n${output.join("")}`);
  }
  return { apiUrl, stop };
}

async function untilHealthy(apiUrl: string, child: ChildProcess): Promise<void> {
  for (const deadline = Date.now() + START_TIMEOUT_MS; Date.now() < deadline; ) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error("the server ended while it started");
    const isHealthy = await fetch(`${apiUrl}/health`).then(
      (response) => response.ok,
      () => false,
    );
    if (isHealthy) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error(`the server was not healthy after ${START_TIMEOUT_MS} ms`);
}

async function endGroup(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once("exit", resolve));
  process.kill(-child.pid, "SIGTERM");
  const insist = setTimeout(() => child.pid !== undefined && process.kill(-child.pid, "SIGKILL"), 10_000);
  await exit;
  clearTimeout(insist);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}
