/** Promise 1: what awaiting a task costs when all it leaves behind is recorded, and that the last costs as the first. */
import { runProgram } from "../harness/program.ts";
import { readRecorded, requireEverything } from "../harness/recorded-runs.ts";
import { REFERENCE_TASKS, referenceDetails, runReferenceTasks } from "../harness/reference-tasks.ts";
import { scenario } from "../harness/scenario.ts";
import { median, rounded } from "../harness/statistics.ts";

const TASKS = 10_000;
const MANY_TASKS = 50_000;
/** Of ten thousand: a second or two each, of which the middle one counts. */
const ROUNDS = 3;
/** In windows of a thousand tasks; the companion thread is some thousands of tasks behind, so a window says little alone. */
const WIDTH = 5;

interface Outcome {
  readonly ms: number;
  readonly cpu_ms: number;
  readonly windows: readonly { readonly ms: number; readonly cpu_ms: number }[];
}

await scenario("task-overhead", async ({ python, report, newHome, isQuick }) => {
  const reference = python ? await runReferenceTasks(python, await newHome()) : undefined;
  const outcomes: Outcome[] = [];
  let home = "";
  for (let round = 0; round < (isQuick ? 1 : ROUNDS); round += 1) {
    home = await newHome();
    outcomes.push(await runProgram<Outcome>({ file: "many-tasks.mjs", home, args: [String(TASKS)] }));
  }
  const recorded = readRecorded(home);
  requireEverything(recorded, TASKS);
  report({
    metric: "awaited-task",
    value: median(outcomes.map(({ ms }) => ms)) / TASKS,
    unit: "ms",
    reference: reference && reference.ms / REFERENCE_TASKS,
    cpu_ms: median(outcomes.map((outcome) => outcome.cpu_ms)) / TASKS,
    details: {
      tasks: TASKS,
      synchronous: "normal",
      ...(reference && referenceDetails(reference)),
    },
  });
  home = await newHome();
  await runProgram({ file: "many-tasks.mjs", home, args: ["0"] });
  const without = readRecorded(home);
  report({ metric: "rows-per-task", value: (recorded.rows - without.rows) / TASKS, unit: "rows" });
  report({ metric: "bytes-per-task", value: (recorded.bytes - without.bytes) / TASKS, unit: "bytes" });

  home = await newHome();
  const many = await runProgram<Outcome>({ file: "many-tasks.mjs", home, args: [String(MANY_TASKS)] });
  requireEverything(readRecorded(home), MANY_TASKS);
  const first = cost(many.windows.slice(0, WIDTH));
  const last = cost(many.windows.slice(-WIDTH));
  report({
    metric: "late-task-against-early",
    value: last.cpuMs / first.cpuMs,
    unit: "of its CPU time",
    details: {
      tasks: MANY_TASKS,
      of: WIDTH * 1000,
      wall: rounded(last.ms / first.ms),
      ms_per_task: rounded(many.ms / MANY_TASKS),
    },
  });
});

function cost(windows: Outcome["windows"]): { ms: number; cpuMs: number } {
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  return { ms: sum(windows.map(({ ms }) => ms)), cpuMs: sum(windows.map(({ cpu_ms }) => cpu_ms)) };
}
