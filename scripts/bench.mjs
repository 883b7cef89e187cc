/**
 * npm run bench -- NAME... runs scenarios of `benchmarks/scenarios/`, each in a process of its own, one JSON line a
 * figure. `list` names them, `quick` runs all of them as CI does, shorter, and fails when a figure is below half
 * of its promise, `compare OLD NEW` shows what differs between two outputs.
 * Options: --quick (shorter), --no-reference (ours only).
 */
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import startDatabaseService from "./postgres/global-setup.mjs";
import { prepare } from "./prepare.mjs";
import { REPOSITORY, runNode } from "./run.mjs";

const BENCHMARKS = join(REPOSITORY, "benchmarks");
const LOADER = new URL("../node_modules/jiti/lib/jiti-register.mjs", import.meta.url).href;

function scenarioNames() {
  const files = readdirSync(join(BENCHMARKS, "scenarios")).filter((file) => file.endsWith(".ts"));
  return files.map((file) => file.slice(0, -".ts".length));
}

/** Passes its lines on and keeps the figures; a scenario that fails has said why on stderr. */
function runScenario(name, options) {
  const file = join(BENCHMARKS, "scenarios", `${name}.ts`);
  const child = spawn(process.execPath, ["--import", LOADER, file, ...options], {
    cwd: BENCHMARKS,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    output += text;
    process.stdout.write(text);
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      const lines = output.split("\n").filter((line) => line.startsWith("{"));
      resolve({ hasFailed: code !== 0, figures: lines.map((line) => JSON.parse(line)) });
    });
  });
}

async function runScenarios(names, options) {
  await prepare();
  const stopDatabases = await startDatabaseService();
  const failures = [];
  try {
    for (const name of names) {
      const { hasFailed, figures } = await runScenario(name, options);
      if (hasFailed) failures.push(`${name} failed`);
      for (const { metric, verdict, value, unit, ratio } of figures) {
        const beside = ratio === undefined ? "" : `, ${ratio} x the reference`;
        if (verdict === "below half")
          failures.push(`${name}: ${metric} is below half of its promise: ${value} ${unit}${beside}`);
      }
    }
  } finally {
    await stopDatabases?.();
  }
  return failures;
}

/** Left out of `quick`: a durable task costs what the disk's fdatasync costs, which says more of a machine than of us. */
const ON_DEMAND = new Set(["durable-task"]);

async function main(args) {
  const known = scenarioNames();
  const options = args.filter((arg) => arg.startsWith("--"));
  const [first, ...rest] = args.filter((arg) => !arg.startsWith("--"));
  if (first === "compare") {
    return runNode(["--import", LOADER, join(BENCHMARKS, "compare.ts"), ...rest]);
  }
  const isQuick = first === "quick" && rest.length === 0;
  const names = isQuick ? known.filter((name) => !ON_DEMAND.has(name)) : [first, ...rest];
  const unknown = names.filter((name) => !known.includes(name));
  if (first === undefined || first === "list" || unknown.length > 0) {
    const problem = first !== undefined && first !== "list" ? `No scenario ${unknown.join(", ")}. ` : "";
    console.log(
      `${problem}npm run bench -- quick, compare OLD NEW, or some of:\n${known.map((name) => `  ${name}`).join("\n")}`,
    );
    return problem === "" ? 0 : 2;
  }
  const failures = await runScenarios(names, isQuick ? [...options, "--quick"] : options);
  for (const failure of failures) console.error(`bench: ${failure}`);
  return failures.length === 0 ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
