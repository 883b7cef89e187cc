/** The built product's server on a port of its own and an empty home; or one that already runs. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const CLI = fileURLToPath(new URL("../../../prefect-ts/dist/cli.js", import.meta.url));
const START_MS = 60_000;
const POLL_MS = 50;

export interface TestServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** `PREFECT_UI_TEST_URL` names a dashboard to test instead, for example the build before Prefect's own server. */
export async function startServer(settings: Record<string, string> = {}): Promise<TestServer> {
  const given = process.env["PREFECT_UI_TEST_URL"];
  if (given !== undefined && Object.keys(settings).length === 0) return { url: given, stop: async () => undefined };
  const home = mkdtempSync(join(tmpdir(), "prefect-ts-ui-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const args = [CLI, "server", "start", "--host", "127.0.0.1", "--port", String(port)];
  const child = spawn(process.execPath, args, {
    env: { ...environment(home), ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => (output += text.toString()));
  await untilHealthy(`${url}/api/health`, child, () => output);
  return {
    url,
    async stop() {
      child.kill("SIGTERM");
      if (child.exitCode === null) await once(child, "exit");
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function environment(home: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("PREFECT_"));
  return { ...Object.fromEntries(kept), PREFECT_HOME: home };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

async function untilHealthy(url: string, child: ChildProcess, output: () => string): Promise<void> {
  const deadline = Date.now() + START_MS;
  while (Date.now() < deadline && child.exitCode === null) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  child.kill("SIGKILL");
  throw new Error(`The server did not become healthy:\n${output()}`);
}
