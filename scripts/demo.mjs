/**
 * npm run demo: the main job from a bare checkout. Installs and builds what is missing, starts a server, runs the flow
 * of examples/demo.ts twice, prints what came out and where to look at it. With a terminal it stays up until Ctrl-C.
 */
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { prepare } from "./prepare.mjs";
import { REPOSITORY, runNode } from "./run.mjs";

const PREFERRED_PORT = 4200;
const HEALTHY_WITHIN_MS = 60_000;
const POLL_MS = 50;

async function main() {
  await prepare();
  const home = join(REPOSITORY, ".cache", "demo");
  mkdirSync(home, { recursive: true });
  const env = { PREFECT_HOME: home, PREFECT_PROFILES_PATH: join(home, "profiles.toml") };
  for (const name of Object.keys(process.env)) {
    // The demo shows itself, whatever server and profile its user works with.
    if (name.startsWith("PREFECT_")) delete process.env[name];
  }

  const port = await freePort();
  const server = startServer(port, env);
  try {
    const url = `http://127.0.0.1:${port}`;
    await untilHealthy(url, server);
    const example = join(REPOSITORY, "examples", "demo.ts");
    const code = await runNode(["--import", "jiti/register", example], { env, cwd: home });
    if (code !== 0) return code;
    console.log(`\nLook at the runs: ${url}/runs`);
    if (process.stdout.isTTY && !process.env.CI) {
      console.log("The server stays up until you press Ctrl-C.");
      await new Promise((resolve) => process.once("SIGINT", resolve));
    }
    return 0;
  } finally {
    await stop(server);
  }
}

function startServer(port, env) {
  const cli = join(REPOSITORY, "packages", "prefect-ts", "dist", "cli.js");
  return spawn(process.execPath, [cli, "server", "start", "--port", String(port)], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "inherit"],
  });
}

async function untilHealthy(url, server) {
  const deadline = Date.now() + HEALTHY_WITHIN_MS;
  while (server.exitCode === null && Date.now() < deadline) {
    const isHealthy = await fetch(`${url}/api/health`).then(
      (response) => response.ok,
      () => false,
    );
    if (isHealthy) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error(`The server did not become healthy at ${url}. Its messages are above.`);
}

async function stop(server) {
  if (server.exitCode !== null) return;
  const ended = new Promise((resolve) => server.once("exit", resolve));
  server.kill("SIGTERM");
  await ended;
}

/** The usual port when nobody has it, else any. */
async function freePort() {
  for (const wanted of [PREFERRED_PORT, 0]) {
    const port = await tryPort(wanted);
    if (port !== undefined) return port;
  }
  throw new Error("No free port on 127.0.0.1.");
}

function tryPort(wanted) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(undefined));
    probe.listen(wanted, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

process.exitCode = await main();
