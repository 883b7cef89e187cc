/** The same tasks with Prefect's own SDK: fewer, for its server falls behind after some hundred. */
import { runProgram } from "./program.ts";
import { rounded } from "./statistics.ts";

export const REFERENCE_TASKS = 300;

interface ReferenceOutcome {
  readonly ms: number;
  readonly cpu_ms: number;
  readonly inside_ms: number;
}

/** Measured as ours: from the call of the flow to its return, the server running already. */
export async function runReferenceTasks(python: string, home: string): Promise<ReferenceOutcome> {
  const settings = { PREFECT_SERVER_ALLOW_EPHEMERAL_MODE: "true" };
  return runProgram({ file: "many-tasks.py", home, args: [String(REFERENCE_TASKS)], python, settings });
}

/** `inside`: without what the flow itself waits for at its ends, the delivery of the last events included. */
export function referenceDetails({ cpu_ms, inside_ms }: ReferenceOutcome) {
  return {
    reference_tasks: REFERENCE_TASKS,
    reference_cpu_ms: rounded(cpu_ms / REFERENCE_TASKS),
    reference_inside_ms: rounded(inside_ms / REFERENCE_TASKS),
  };
}
