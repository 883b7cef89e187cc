import type { Instant } from "../../domain/instant.ts";
import { isTerminal } from "../../domain/states.ts";
import type { FlowRunRow, TaskRunRow } from "../tables.ts";
import { seconds } from "./columns.ts";

type Run = Pick<
  FlowRunRow | TaskRunRow,
  "state_type" | "state_timestamp" | "start_time" | "expected_start_time" | "total_run_time"
>;

/** Seconds spent running, the present attempt included. */
export function estimatedRunTime(run: Run, now: Instant): number {
  if (run.state_type !== "RUNNING" || run.state_timestamp === null) return seconds(run.total_run_time);
  return seconds(run.total_run_time + Math.max(0, now - run.state_timestamp));
}

/** Seconds the start came later than expected, or has been overdue so far. */
export function estimatedStartTimeDelta(run: Run, now: Instant): number {
  if (run.expected_start_time === null) return 0;
  if (run.start_time !== null) return seconds(Math.max(0, run.start_time - run.expected_start_time));
  if (isTerminal(run.state_type)) return 0;
  return seconds(Math.max(0, now - run.expected_start_time));
}
