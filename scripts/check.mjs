/**
 * npm run check: whether a change is done. Runs every step, shows the output of those that fail, and ends in
 * `check: ok` or in what has failed. `--static` leaves the unit tests out.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { install } from "./prepare.mjs";
import { bin, REPOSITORY } from "./run.mjs";

const vitest = [bin("vitest/vitest.mjs"), "run"];

const SOURCES = ["packages", "integrations", "examples", "benchmarks", "scripts"].filter(
  (folder) => existsSync(join(REPOSITORY, folder)), // git keeps no empty folders
);

/** Cheap ones first; the types of examples are those of the build. */
const STEPS = [
  ["format and lint", [bin("@biomejs/biome/bin/biome"), "check", "--error-on-warnings", "."]],
  ["architecture", [...vitest, "--project", "unit", "scripts"]],
  ["build", ["scripts/build.mjs"]],
  ["types of the package", ["--eval", typesBuild()]],
  ["types", ["scripts/typecheck.mjs"]],
  ["dead code", [bin("knip/bin/knip.js"), "--no-progress"]],
  ["duplicates", [bin("jscpd/bin/jscpd"), "--config", ".jscpd.json", ...SOURCES]],
  ["package", [bin("publint/src/cli.js"), "packages/prefect-ts", "--strict"]],
];
const UNIT_TESTS = ["unit tests", [...vitest, "--project", "unit", "--project", "ui"]];

/** tsdown reads its configuration from the folder that it runs in. */
function typesBuild() {
  const script = `process.chdir("packages/prefect-ts"); process.argv = [process.argv[0], "tsdown", "--dts"];`;
  return `${script} import(${JSON.stringify(bin("tsdown/dist/run.mjs"))});`;
}

function runStep(args) {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, FORCE_COLOR: process.stdout.isTTY ? "1" : "0" };
    const child = spawn(process.execPath, args, { cwd: REPOSITORY, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        output += text;
      });
    }
    child.on("error", reject);
    child.on("close", (code) => resolve({ isOk: code === 0, output }));
  });
}

async function main() {
  await install();
  const steps = process.argv.includes("--static") ? STEPS : [...STEPS, UNIT_TESTS];
  const failed = [];
  for (const [name, args] of steps) {
    const start = performance.now();
    const { isOk, output } = await runStep(args);
    const seconds = ((performance.now() - start) / 1000).toFixed(1).padStart(6);
    console.log(`${isOk ? "ok    " : "FAILED"} ${seconds} s  ${name}`);
    if (isOk) continue;
    failed.push(name);
    console.log(output.trimEnd().replaceAll(/^/gm, "       | "));
  }
  console.log(failed.length === 0 ? "check: ok" : `check: failed: ${failed.join(", ")}`);
  return failed.length === 0 ? 0 : 1;
}

process.exitCode = await main();
