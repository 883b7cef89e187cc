import { rawJson } from "../../domain/json.ts";
import type { State } from "../../domain/states.ts";
import type { TaskRunStateView } from "../queries/task-run-states.ts";
import type { JsonText } from "../tables.ts";
import { readStateDetails, writeStateDetails } from "./state-details.ts";
import { toState } from "./states.ts";

const WITHOUT_DETAILS = writeStateDetails({});

/**
 * Recorded states keep the few details their client sent; the answer has all of them, with the ids of the runs the
 * state belongs to.
 */
export function completeTaskRunDetails(text: JsonText, taskRunId: string, flowRunId: string | null): JsonText {
  if (text === "{}") {
    // Most states have none, and lists of runs have hundreds of states.
    return WITHOUT_DETAILS.replace('"task_run_id":null', `"task_run_id":"${taskRunId}"`).replace(
      '"flow_run_id":null',
      `"flow_run_id":${JSON.stringify(flowRunId)}`,
    );
  }
  return writeStateDetails({ ...readStateDetails(text), task_run_id: taskRunId, flow_run_id: flowRunId });
}

export function toTaskRunState(row: TaskRunStateView): State {
  const details = completeTaskRunDetails(row.state_details, row.task_run_id, row.flow_run_id);
  return { ...toState(row), state_details: rawJson(details) };
}
