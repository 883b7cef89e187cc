import type { State } from "../../domain/states.ts";
import type { FlowRunStateRow, TaskRunStateRow } from "../tables.ts";
import { json, nullableJson, time } from "./columns.ts";

export function toState(row: FlowRunStateRow | TaskRunStateRow): State {
  return {
    id: row.id,
    type: row.type,
    name: row.name,
    timestamp: time(row.timestamp),
    message: row.message,
    data: nullableJson(row.data),
    state_details: json(row.state_details),
  };
}
