import { readFlowRunPolicy } from "../../storage/codecs/run-policies.ts";
import type { FlowRunRow } from "../../storage/tables.ts";
import type { Transform } from "./transform.ts";

/** Attempts are counted; going on after a suspension is no new attempt. */
export const countFlowRunAttempt: Transform<FlowRunRow> = ({ run, proposed }) => {
  if (proposed.type !== "RUNNING" || readFlowRunPolicy(run.empirical_policy).resuming === true) return {};
  return { run_count: run.run_count + 1 };
};

export const countTaskRunAttempt: Transform = ({ run, proposed }) =>
  proposed.type === "RUNNING" ? { run_count: run.run_count + 1 } : {};
