import { newId } from "../domain/ids.ts";
import type { Instant } from "../domain/instant.ts";
import { memberText } from "../domain/json.ts";
import type { StateCreate, StateType } from "../domain/states.ts";
import { readStateDetails, writeStateDetails } from "../storage/codecs/state-details.ts";
import type { FlowRunStateRow, JsonText, TaskRunStateRow } from "../storage/tables.ts";
import type { RunState } from "./rule.ts";

type StateRow = Omit<FlowRunStateRow & TaskRunStateRow, "flow_run_id" | "task_run_id">;

/** A proposed state as it would be written now. */
export function newRunState(proposal: StateCreate, now: Instant): RunState {
  const { type, state_details = {} } = proposal;
  const isWithoutTime = type === "SCHEDULED" && state_details.scheduled_time == null;
  return {
    id: newId(),
    type,
    name: proposal.name ?? defaultName(type),
    timestamp: now,
    message: proposal.message ?? null,
    data: dataText(proposal),
    details: isWithoutTime ? { ...state_details, scheduled_time: now } : state_details,
  };
}

export function runStateOf(row: StateRow): RunState {
  const { id, type, name, timestamp, message, data } = row;
  return { id, type, name, timestamp, message, data, details: readStateDetails(row.state_details) };
}

/** The columns of a state, whichever kind of run it belongs to. */
export function stateRowOf(state: RunState, now: Instant, resultArtifactId: string | null): StateRow {
  const { id, type, name, timestamp, message, data, details } = state;
  return {
    id,
    created: now,
    type,
    name,
    timestamp,
    message,
    state_details: writeStateDetails(details),
    data: isPersisted(data) ? data : null,
    result_artifact_id: resultArtifactId,
  };
}

/** `Cancelling` for CANCELLING. */
function defaultName(type: StateType): string {
  return type.charAt(0) + type.slice(1).toLowerCase();
}

function dataText(proposal: StateCreate): JsonText | null {
  if (proposal.data == null) return null;
  const text = memberText(proposal, "data");
  return text === "null" ? null : text;
}

/** Results that the client keeps to itself are announced as `{"type": "unpersisted"}` and not stored. */
export function isPersisted(data: JsonText | null): boolean {
  if (data === null) return false;
  if (!data.includes("unpersisted")) return true;
  const value: unknown = JSON.parse(data);
  return !(typeof value === "object" && value !== null && "type" in value && value.type === "unpersisted");
}

/** Whether a state carries a result, or says where to find it. */
export function hasResult({ data }: RunState): boolean {
  return data?.startsWith("{") === true && isPersisted(data);
}

/** Whether there is a result that must not get lost; `{}` says nothing. */
export function hasResultToLose(state: RunState): boolean {
  return state.data !== "{}" && hasResult(state);
}
