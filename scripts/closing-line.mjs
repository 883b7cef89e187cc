/**
 * What a run of tests comes to: the list of what was skipped and why, and the line that closes the output.
 *
 * A result file is JSON: { run, tests: [{ name, state: "passed" | "failed" | "skipped", reason? }] }. Of a test that
 * occurs more than once in the same run the last result counts, so that a skip is made good by running it later; a
 * failure is not.
 *
 *   node scripts/closing-line.mjs [--no-skips] FOLDER    sums the result files of a folder, oldest name first
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

export function summarise(results) {
  const last = new Map();
  for (const { run, tests } of results) {
    const seen = new Map(); // names need not be unique within one run: the second of a name is a test of its own
    for (const test of tests) {
      const nth = (seen.get(test.name) ?? 0) + 1;
      seen.set(test.name, nth);
      const key = JSON.stringify([run, test.name, nth]);
      if (last.get(key)?.state !== "failed") last.set(key, test);
    }
  }
  const tests = [...last.values()];
  const named = tests.filter((test) => test.state === "skipped");
  return {
    passed: tests.filter((test) => test.state === "passed").length,
    failed: tests.filter((test) => test.state === "failed").length,
    skipped: named.map(({ name, reason }) => ({ name, reason })),
  };
}

/** Prints skips and closing line, which nothing may follow; answers the exit code. */
export function close({ passed, failed, skipped }, { areSkipsFailures = false } = {}) {
  const groups = new Map(); // one line for the many tests of a file that lack the same thing
  for (const { name, reason = "no reason given" } of skipped) {
    const line = JSON.stringify([name.split(" > ")[0], reason]);
    groups.set(line, (groups.get(line) ?? 0) + 1);
  }
  for (const [group, count] of groups) {
    const [name, reason] = JSON.parse(group);
    console.log(`skipped: ${name} (${count}): ${reason}`);
  }
  const isUnexplained = skipped.some(({ reason }) => reason === undefined);
  if (isUnexplained) console.log("A skip must name what the machine lacks: context.skip(condition, reason).");
  console.log(`${passed} passed, ${failed} failed, ${skipped.length} skipped`);
  const isWanting = isUnexplained || (areSkipsFailures && skipped.length > 0);
  return failed > 0 || passed === 0 || isWanting ? 1 : 0;
}

function main(args) {
  const areSkipsFailures = args.includes("--no-skips");
  const [folder] = args.filter((arg) => !arg.startsWith("--"));
  const files = readdirSync(folder).sort();
  const results = files.map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")));
  process.exitCode = close(summarise(results), { areSkipsFailures });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) main(process.argv.slice(2));
