/** Promise 1, second half: in a durable flow an await also waits for its commit to reach the disk. */
import { runProgram } from "../harness/program.ts";
import { readRecorded, requireEverything } from "../harness/recorded-runs.ts";
import { REFERENCE_TASKS, referenceDetails, runReferenceTasks } from "../harness/reference-tasks.ts";
import { scenario } from "../harness/scenario.ts";

const TASKS = 2000;

await scenario("durable-task", async ({ python, report, newHome }) => {
  const reference = python ? await runReferenceTasks(python, await newHome()) : undefined;
  const home = await newHome();
  const args = [String(TASKS), "durable"];
  const { ms, cpu_ms } = await runProgram<{ ms: number; cpu_ms: number }>({ file: "many-tasks.mjs", home, args });
  requireEverything(readRecorded(home), TASKS);
  report({
    metric: "durable-task",
    value: ms / TASKS,
    unit: "ms",
    reference: reference && reference.ms / REFERENCE_TASKS,
    cpu_ms: cpu_ms / TASKS,
    details: { tasks: TASKS, synchronous: "full", ...(reference && referenceDetails(reference)) },
  });
});
