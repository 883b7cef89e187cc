import { isTerminal } from "../../domain/states.ts";
import { readFlowRunPolicy, writeFlowRunPolicy } from "../../storage/codecs/run-policies.ts";
import type { FlowRunRow } from "../../storage/tables.ts";
import type { Transform } from "./transform.ts";

/** A run that runs or has ended is not resuming any more. */
export const endResuming: Transform<FlowRunRow> = ({ run, proposed }) => {
  if (proposed.type !== "RUNNING" && !isTerminal(proposed.type)) return {};
  const policy = readFlowRunPolicy(run.empirical_policy);
  return policy.resuming === true ? { empirical_policy: writeFlowRunPolicy({ ...policy, resuming: false }) } : {};
};
