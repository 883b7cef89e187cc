/**
 * A server in the background is this very command again, in a process of its own without a terminal. It is reported
 * as started only when it answers, and what it printed before it failed is what the user reads.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";
import type { Settings } from "../platform/settings/settings.ts";
import { healthProblem } from "./api-health.ts";
import { CliError } from "./cli-error.ts";
import type { CliContext } from "./context.ts";
import { isRunningServer, readPid, removePidFile, serverPidFile, writePid } from "./pid-file.ts";
import { serverAddress } from "./server-address.ts";

const START_TIMEOUT_MS = 30_000;
const LOOK_INTERVAL_MS = 50;

export async function startInBackground(context: CliContext, settings: Settings): Promise<void> {
  const pidFile = serverPidFile(settings);
  const running = readPid(pidFile);
  if (running !== undefined && isRunningServer(running)) {
    throw new CliError("A server is already running in the background. To stop it, run `prefect server stop`.");
  }
  await checkPortIsFree(settings);
  const logFile = join(settings.get("PREFECT_HOME"), "server.log");
  const child = spawnServer(settings, logFile);
  if (child.pid === undefined) throw new CliError("The server process could not be started.");
  writePid(pidFile, child.pid);
  try {
    await untilHealthy(child, serverAddress(settings).apiUrl, context, logFile);
    child.unref();
  } catch (error) {
    child.kill();
    removePidFile(pidFile);
    throw error;
  }
}

/** Else the answer of whoever has the port would be taken for our server's. */
async function checkPortIsFree(settings: Settings): Promise<void> {
  const host = settings.get("PREFECT_SERVER_API_HOST");
  const port = settings.get("PREFECT_SERVER_API_PORT");
  if (port === 0) throw new CliError("A server in the background needs a --port that is known: 0 is none.");
  const probe = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      probe.once("error", reject);
      probe.listen({ host, port }, resolve);
    });
  } catch (error) {
    const isTaken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
    if (!isTaken) throw error;
    throw new CliError(`Port ${port} is already in use. Please specify a different port with the \`--port\` flag.`);
  } finally {
    probe.close();
  }
}

function spawnServer(settings: Settings, logFile: string): ChildProcess {
  mkdirSync(settings.get("PREFECT_HOME"), { recursive: true, mode: 0o700 });
  const log = openSync(logFile, "w", 0o600);
  const isBackground = (word: string) => word === "--background" || word === "-b";
  const words = process.argv.slice(1).filter((word) => !isBackground(word));
  try {
    return spawn(process.execPath, [...process.execArgv, ...words, "--no-prompt"], {
      detached: true,
      stdio: ["ignore", log, log],
    });
  } finally {
    closeSync(log);
  }
}

async function untilHealthy(
  child: ChildProcess,
  apiUrl: string,
  { settings }: CliContext,
  logFile: string,
): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  for (;;) {
    const hasEnded = child.exitCode !== null || child.signalCode !== null;
    if (hasEnded) throw new CliError(stripVTControlCharacters(readFileSync(logFile, "utf8")).trim());
    if ((await healthProblem(apiUrl, settings, LOOK_INTERVAL_MS * 20)) === undefined) return;
    if (performance.now() > deadline) {
      throw new CliError(`The server did not answer within ${START_TIMEOUT_MS / 1000} seconds.`, {
        hint: `What it printed is in ${logFile}`,
      });
    }
    await sleep(LOOK_INTERVAL_MS);
  }
}
