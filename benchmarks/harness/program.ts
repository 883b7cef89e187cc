/** Programs of `programs/`: what a user would write with either SDK, telling what it measured on its last line. */
import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { environment } from "./scenario.ts";

const PROGRAMS = fileURLToPath(new URL("../programs/", import.meta.url));
const RESULT = /^RESULT (.*)$/m;
const DEFAULT_TIMEOUT_MS = 300_000;
const LAST_OUTPUT_CHARACTERS = 4000;

export interface Program {
  /** The file in `programs/`; `.mjs` runs with this Node, `.py` with `python`. */
  readonly file: string;
  readonly home: string;
  readonly args?: readonly string[];
  readonly settings?: Readonly<Record<string, string>>;
  readonly python?: string;
  readonly timeoutMs?: number;
}

/** Runs it to its end. What it logs goes to a file, which costs the program as little as a terminal would hide. */
export async function runProgram<Result>(program: Program): Promise<Result> {
  const { file, home, args = [], settings = {}, python = "python3", timeoutMs = DEFAULT_TIMEOUT_MS } = program;
  const logFile = join(home, "program.log");
  const log = openSync(logFile, "w");
  const child = spawn(file.endsWith(".py") ? python : process.execPath, [join(PROGRAMS, file), ...args], {
    env: environment(home, settings),
    cwd: home,
    stdio: ["ignore", "pipe", log],
    timeout: timeoutMs,
    killSignal: "SIGKILL",
  });
  closeSync(log);
  let output = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  const code = await new Promise<number | string>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exitCode, signal) => resolve(exitCode ?? signal ?? "no code"));
  });
  const result = RESULT.exec(output)?.[1];
  if (code === 0 && result !== undefined) return JSON.parse(result) as Result;
  const said = `${output}\n${readFileSync(logFile, "utf8")}`.slice(-LAST_OUTPUT_CHARACTERS);
  throw new Error(`${file} ended with ${code} (${timeoutMs} ms are allowed):\n${said}`);
}
