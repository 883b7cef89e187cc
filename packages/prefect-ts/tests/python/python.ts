/** The Python interpreter that has the pinned `prefect`, and running our scripts with it. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";

const REPOSITORY = fileURLToPath(new URL("../../../..", import.meta.url));
const FLOWS = new URL("flows/", import.meta.url);
const SCRIPT_TIMEOUT_MS = 110_000;
/** Scripts print their findings behind this word, so that other output does not disturb. */
const RESULT = /^RESULT (.*)$/m;

export const MISSING_PYTHON =
  "Python with the pinned prefect package (PREFECT_TS_PYTHON or .reference/bin/python, see CONTRIBUTING.md)";

/** PREFECT_TS_PYTHON, else `.reference/bin/python` in the repository's root, else undefined. */
export function findPython(): string | undefined {
  const named = process.env["PREFECT_TS_PYTHON"];
  if (named) {
    if (!existsSync(named)) throw new Error(`PREFECT_TS_PYTHON names ${named}, which does not exist`);
    return named;
  }
  const installed = `${REPOSITORY}.reference/bin/python`;
  return existsSync(installed) ? installed : undefined;
}

/** The environment of a Prefect process that knows nothing of the user's own Prefect. */
export function prefectEnvironment(home: string, settings: Record<string, string> = {}): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("PREFECT_"));
  return {
    ...Object.fromEntries(inherited),
    PREFECT_HOME: home,
    PREFECT_SERVER_ANALYTICS_ENABLED: "false",
    PREFECT_SERVER_ALLOW_EPHEMERAL_MODE: "false",
    DO_NOT_TRACK: "1",
    PYTHONUNBUFFERED: "1",
    PYTHONDONTWRITEBYTECODE: "1",
    PYTHONHASHSEED: "0", // or the order of tags, a set, would differ from run to run
    ...settings,
  };
}

export interface ScriptRun<Result> {
  result: Result;
  /** Everything it printed, its log lines included. */
  output: string;
}

/** TypeScript runs without a build of its own, as a user's file does. */
const LOADER = ["--import", "jiti/register"];

/** Runs `flows/<name>` against a server; a script that fails or reports nothing is an error with its output. */
export async function runScript<Result>(interpreter: string, name: string, apiUrl: string): Promise<ScriptRun<Result>> {
  const home = await mkdtemp(`${tmpdir()}/prefect-ts-python-`);
  try {
    const script = fileURLToPath(new URL(name, FLOWS));
    const args = name.endsWith(".ts") ? [...LOADER, script] : [script];
    const { code, output } = await outputOf(interpreter, args, prefectEnvironment(home, { PREFECT_API_URL: apiUrl }));
    const found = RESULT.exec(output)?.[1];
    if (code !== 0 || found === undefined) throw new Error(`${name} failed against ${apiUrl} (${code}):\n${output}`);
    return { result: JSON.parse(found) as Result, output };
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

function outputOf(command: string, args: string[], env: NodeJS.ProcessEnv): Promise<{ code: number; output: string }> {
  const child = spawn(command, args, { env, stdio: ["ignore", "pipe", "pipe"], timeout: SCRIPT_TIMEOUT_MS });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) =>
      resolve({ code: code ?? 1, output: signal ? `${output}\n(${signal})` : output }),
    );
  });
}
