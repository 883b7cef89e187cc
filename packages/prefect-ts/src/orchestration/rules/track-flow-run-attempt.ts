import { NotFoundError } from "../../domain/errors.ts";
import { taskRunRule } from "../rule.ts";

/** A task run knows in which attempt of its flow it last ran, so that the next attempt is a retry for it too. */
export const trackFlowRunAttempt = taskRunRule({
  name: "track-flow-run-attempt",
  to: ["RUNNING"],
  async after({ run, flowRun }) {
    if (run.flow_run_id === null) return undefined;
    const flow = await flowRun();
    if (flow === undefined) throw new NotFoundError("Flow run", run.flow_run_id, "exception_message");
    return { flow_run_run_count: flow.run_count };
  },
});
