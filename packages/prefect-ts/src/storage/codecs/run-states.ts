import type { State } from "../../domain/states.ts";
import type { FlowRunRow, JsonText, TaskRunRow } from "../tables.ts";
import { json, nullableJson, time } from "./columns.ts";

type RunWithState = Pick<FlowRunRow | TaskRunRow, "state_id" | "state_type" | "state_name" | "state_timestamp"> & {
  readonly message: string | null;
  readonly state_details: JsonText | null;
  readonly data: JsonText | null;
};

/** The current state of a run: what the run's row says of it, and the three columns that only the state's row has. */
export function toRunState(run: RunWithState): State | null {
  const { state_id, state_type, state_name, state_timestamp, state_details } = run;
  if (state_id === null || state_type === null || state_timestamp === null) return null;
  return {
    id: state_id,
    type: state_type,
    name: state_name,
    timestamp: time(state_timestamp),
    message: run.message,
    data: nullableJson(run.data),
    state_details: json(state_details ?? "{}"),
  };
}
