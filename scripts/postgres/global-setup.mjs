/** vitest's global set-up: one test database service per run, told to the tests by an environment variable. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export default async function startPostgresBroker() {
  if (process.env.PREFECT_TS_TEST_DATABASES) return undefined;
  const broker = spawn(process.execPath, [fileURLToPath(new URL("broker.mjs", import.meta.url))], {
    // A group of its own: Ctrl-C in a terminal reaches the whole group of vitest, and the service is to end last.
    detached: true,
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [url] = await Promise.race([
    once(createInterface(broker.stdout), "line"),
    once(broker, "exit").then(([code]) => Promise.reject(new Error(`the test database service ended (${code})`))),
  ]);
  process.env.PREFECT_TS_TEST_DATABASES = url;
  return async () => {
    delete process.env.PREFECT_TS_TEST_DATABASES;
    const exit = once(broker, "exit");
    broker.stdin.end();
    await exit;
  };
}
