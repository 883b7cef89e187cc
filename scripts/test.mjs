/**
 * npm test: from a bare checkout to the closing line `N passed, N failed, N skipped`, the last line of its output.
 * Arguments go to vitest (`npm test -- --project unit`, `npm test -- flow-runs`).
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { close, summarise } from "./closing-line.mjs";
import { prepare } from "./prepare.mjs";
import { bin, REPOSITORY, runNode } from "./run.mjs";

async function runTests(args) {
  const folder = mkdtempSync(join(tmpdir(), "prefect-ts-results-"));
  const file = join(folder, "results.json");
  try {
    const reporters = ["--reporter=default", `--reporter=${REPOSITORY}/scripts/results-reporter.mjs`];
    const env = { PREFECT_TS_TEST_RESULTS: file };
    const code = await runNode([bin("vitest/vitest.mjs"), "run", ...reporters, ...args], { env });
    const results = readResults(file);
    // vitest may be unhappy for a reason that no test stands for.
    if (code !== 0 && results.tests.every(({ state }) => state !== "failed")) {
      results.tests.push({ name: `vitest itself (exit code ${code})`, state: "failed" });
    }
    if (process.env.PREFECT_TS_KEEP_RESULTS)
      writeFileSync(process.env.PREFECT_TS_KEEP_RESULTS, JSON.stringify(results));
    return summarise([results]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readResults(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return { run: "npm test", tests: [{ name: "vitest ended before it had results", state: "failed" }] };
  }
}

async function main() {
  try {
    await prepare();
  } catch (error) {
    console.error(error.message);
    return close({ passed: 0, failed: 1, skipped: [] });
  }
  return close(await runTests(process.argv.slice(2)));
}

process.exitCode = await main();
