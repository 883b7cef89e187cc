import type { FlowRunRow, TaskRunRow } from "../../storage/tables.ts";
import { addRunTime } from "./add-run-time.ts";
import { countFlowRunAttempt, countTaskRunAttempt } from "./count-attempt.ts";
import { endResuming } from "./end-resuming.ts";
import { setEndTime } from "./set-end-time.ts";
import { setExpectedStartTime } from "./set-expected-start-time.ts";
import { setNextScheduledStartTime } from "./set-next-scheduled-start-time.ts";
import { setRunState } from "./set-run-state.ts";
import { setStartTime } from "./set-start-time.ts";
import type { Transform } from "./transform.ts";

/** What every state changes on its run, whatever policy let it pass. */
const common: readonly Transform[] = [
  setRunState,
  setStartTime,
  setEndTime,
  addRunTime,
  setExpectedStartTime,
  setNextScheduledStartTime,
];

export const flowRunTransforms: readonly Transform<FlowRunRow>[] = [...common, countFlowRunAttempt, endResuming];
export const taskRunTransforms: readonly Transform<TaskRunRow>[] = [...common, countTaskRunAttempt];
