import { proceed, taskRunRule } from "../rule.ts";

/** A second attempt is told apart by its name: `Retrying` by itself, `Rerunning` because somebody wanted it. */
export const renameReruns = taskRunRule({
  name: "rename-reruns",
  to: ["RUNNING"],
  before({ initial, run }) {
    if (initial === null || run.run_count === 0) return proceed();
    return proceed({ state: { name: initial.name === "AwaitingRetry" ? "Retrying" : "Rerunning" } });
  },
});
