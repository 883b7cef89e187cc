import type { Flow } from "../../domain/flows.ts";
import type { FlowRow } from "../tables.ts";
import { json, time } from "./columns.ts";

export function toFlow(row: FlowRow): Flow {
  return {
    id: row.id,
    created: time(row.created),
    updated: time(row.updated),
    name: row.name,
    tags: json(row.tags),
    labels: json(row.labels),
  };
}
