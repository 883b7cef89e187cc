import { type ChildProcess, execFile } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";

/** For tests: the CLI from its sources, in a process of its own. */

const MAIN = fileURLToPath(new URL("./main.ts", import.meta.url));
const JITI = import.meta.resolve("jiti/register");

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliProcess {
  readonly child: ChildProcess;
  readonly outcome: Promise<Outcome>;
}

/** Starts `prefect …` in `home`, which is also PREFECT_HOME: without a terminal, and with nothing of our environment. */
export function spawnPrefect(
  home: string,
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): CliProcess {
  const { PATH = "" } = process.env;
  const options = { cwd: home, env: { PATH, PREFECT_HOME: home, COLUMNS: "80", ...env } };
  const args = ["--import", JITI, MAIN, ...words];
  const { promise, resolve } = deferred<Outcome>();
  const child = execFile(process.execPath, args, options, (error, stdout, stderr) => {
    resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
  });
  return { child, outcome: promise };
}

/** Runs it to its end, with `input` for its questions. */
export function runPrefect(
  home: string,
  words: readonly string[],
  options: { readonly env?: Readonly<Record<string, string>>; readonly input?: string } = {},
): Promise<Outcome> {
  const { child, outcome } = spawnPrefect(home, words, options.env);
  child.stdin?.end(options.input ?? "");
  return outcome;
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

function deferred<Value>() {
  let resolve: (value: Value) => void = () => {};
  const promise = new Promise<Value>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
