import { notReady } from "../../domain/state-proposals.ts";
import { findFlowRunState } from "../../storage/queries/flow-run-states.ts";
import { abort, proceed, reject, taskRunRule } from "../rule.ts";
import { runStateOf } from "../run-state.ts";

/** Tasks run only while their flow does. A paused flow makes them wait; any other one tells them to stop. */
export const preventTasksOfStoppedFlows = taskRunRule({
  name: "prevent-tasks-of-stopped-flows",
  to: ["RUNNING"],
  async before({ tx, flowRun }) {
    const flow = await flowRun();
    if (flow === undefined || flow.state_type === "RUNNING") return proceed();
    if (flow.state_type !== "PAUSED" || flow.state_id === null) {
      return abort("The flow of this task run is not running.");
    }
    const pause = await findFlowRunState(tx, flow.state_id);
    const details = pause === undefined ? {} : runStateOf(pause).details;
    return reject(notReady(details), `The flow run ${flow.id} is paused; its tasks go on when it is resumed.`);
  },
});
