/** Promise 4: what importing the SDK and the shortest commands cost on top of the interpreter's own start. */
import { fileURLToPath } from "node:url";
import { timeCommands } from "../harness/command-time.ts";
import { OUR_CLI } from "../harness/our-cli.ts";
import { environment, scenario } from "../harness/scenario.ts";

const ROUNDS = 21;
const QUICK_ROUNDS = 11;
const REFERENCE_ROUNDS = 3;
/** A difference of two medians tells no less apart, and may come out negative. */
const LEAST_MS = 1;

await scenario("start-up", async ({ isQuick, python, report, newHome }) => {
  const env = environment(await newHome());
  const node = (...args: string[]) => ({ program: process.execPath, args });
  const ours = {
    empty: node(program("empty.mjs")),
    "import-sdk": node(program("import-sdk.mjs")),
    "cli-version-option": node(OUR_CLI, "--version"),
    "cli-version-command": node(OUR_CLI, "version"),
    "cli-help": node(OUR_CLI, "--help"),
  };
  const times = await timeCommands(ours, isQuick ? QUICK_ROUNDS : ROUNDS, env);
  const reference: Record<string, number> = python ? await timeCommands(commandsOf(python), REFERENCE_ROUNDS, env) : {};
  for (const [metric, ms] of Object.entries(times).filter(([name]) => name !== "empty")) {
    const theirs = reference[metric];
    const theirEmpty = reference["empty"];
    report({
      metric,
      value: Math.max(ms - times.empty, LEAST_MS),
      unit: "ms",
      reference: theirs !== undefined && theirEmpty !== undefined ? theirs - theirEmpty : undefined,
      details: { empty_node_ms: Math.round(times.empty) },
    });
  }
});

/** `prefect version` asks its database for a version and is left out: it is not the same work. */
function commandsOf(python: string) {
  const run = (...args: string[]) => ({ program: python, args });
  return {
    empty: run("-c", ""),
    "import-sdk": run("-c", "from prefect import flow, task"),
    "cli-version-option": run("-m", "prefect", "--version"),
    "cli-help": run("-m", "prefect", "--help"),
  };
}

function program(name: string): string {
  return fileURLToPath(new URL(`../programs/${name}`, import.meta.url));
}
