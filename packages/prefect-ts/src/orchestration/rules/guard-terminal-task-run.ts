import { isTerminal, terminalStateTypes } from "../../domain/states.ts";
import { abort, proceed, reject, taskRunRule } from "../rule.ts";

/**
 * A task run that has ended stays so, unless its flow runs again and its own result was not stored. The new attempt has
 * all its retries again.
 */
export const guardTerminalTaskRun = taskRunRule({
  name: "guard-terminal-task-run",
  from: [...terminalStateTypes],
  async before({ initial, proposed, run, flowRun }) {
    if (initial === null) return proceed();
    if (proposed.type === "CANCELLING" || proposed.type === "PAUSED" || proposed.type === "CRASHED") {
      return abort(`This run has ended already: it is ${initial.type}.`);
    }
    // Only what is stored is in the row, and an empty result is none.
    if (initial.type === "COMPLETED" && initial.data !== null && !EMPTY_DATA.has(initial.data)) {
      return reject(null, "This run is COMPLETED and its result is stored.");
    }
    if (isTerminal(proposed.type)) return proceed();
    const attempt = proposed.type === "RUNNING" ? (await flowRun())?.run_count : undefined;
    const isFlowRetrying = attempt !== undefined && run.flow_run_run_count < attempt;
    return proceed({
      run: { run_count: 0 },
      memo: String(run.run_count),
      ...(isFlowRetrying ? { state: { name: "Retrying" } } : {}),
    });
  },
  undone: ({ memo }) => (memo === undefined ? undefined : { run_count: Number(memo) }),
});

const EMPTY_DATA: ReadonlySet<string> = new Set(["{}", "[]", '""', "0", "false"]);
