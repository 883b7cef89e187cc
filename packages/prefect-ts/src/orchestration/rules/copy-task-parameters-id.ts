import { proceed, taskRunRule } from "../rule.ts";

/** A background task finds its parameters by this id, whichever worker runs it. */
export const copyTaskParametersId = taskRunRule({
  name: "copy-task-parameters-id",
  from: ["SCHEDULED", "PENDING"],
  to: ["PENDING", "RUNNING"],
  before({ initial, proposed }) {
    if (initial === null || proposed.details.task_parameters_id != null) return proceed();
    return proceed({ state: { details: { task_parameters_id: initial.details.task_parameters_id } } });
  },
});
