import type { FlowRunInput } from "../../domain/flow-run-inputs.ts";
import type { FlowRunInputRow } from "../tables.ts";
import { time } from "./columns.ts";

export function toFlowRunInput(row: FlowRunInputRow): FlowRunInput {
  return {
    id: row.id,
    created: time(row.created),
    updated: time(row.updated),
    flow_run_id: row.flow_run_id,
    key: row.key,
    value: row.value,
    sender: row.sender,
  };
}
