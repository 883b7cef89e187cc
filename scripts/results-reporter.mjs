/** A vitest reporter that writes one result file (`closing-line.mjs`) to the path in PREFECT_TS_TEST_RESULTS. */
import { writeFileSync } from "node:fs";
import { relative } from "node:path";
import { REPOSITORY } from "./run.mjs";

export default class ResultsReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const tests = modules.flatMap(moduleResults);
    for (const error of unhandledErrors) tests.push({ name: `unhandled: ${error.message}`, state: "failed" });
    const run = process.env.PREFECT_TS_TEST_RUN ?? "npm test";
    writeFileSync(process.env.PREFECT_TS_TEST_RESULTS, JSON.stringify({ run, tests }));
  }
}

function moduleResults(module) {
  const file = relative(REPOSITORY, module.moduleId);
  const results = [...module.children.allTests()].map((test) => {
    const { state, note } = test.result();
    // "pending" is a test that the run never reached.
    return { name: `${file} > ${test.fullName}`, state: state === "pending" ? "failed" : state, reason: note };
  });
  // A file that fails to load, or whose own hooks fail, may have no failing test to show for it.
  const isBroken = module.state() === "failed" && !results.some(({ state }) => state === "failed");
  return isBroken ? [...results, { name: `${file} (the file itself)`, state: "failed" }] : results;
}
