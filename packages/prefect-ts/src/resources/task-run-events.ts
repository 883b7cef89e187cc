import type { IncomingEvent } from "../domain/events.ts";
import { isId } from "../domain/ids.ts";
import { type Instant, MICROSECONDS_PER_SECOND, parseInstant } from "../domain/instant.ts";
import { jsonText, memberText } from "../domain/json.ts";
import { type StateType, stateTypes } from "../domain/states.ts";
import type { JsonText, TaskRunRow } from "../storage/tables.ts";

/**
 * Reads what a client reports of a task run that it orchestrates itself: events `prefect.task-run.<StateName>` whose
 * payload has the new state and all that is known of the run (behaviour.md 3.2). Nothing here throws: an event that
 * cannot be read as such a report stays an event in the log, and no more.
 */

/** A task run's new state, as its client reported it. */
export interface ReportedTaskRun {
  readonly id: string;
  readonly flow_run_id: string | null;
  readonly task_key: string;
  readonly dynamic_key: string;
  readonly state_id: string;
  readonly state_type: StateType;
  readonly state_name: string;
  readonly state_timestamp: Instant;
  readonly message: string | null;
  readonly state_details: JsonText;
  readonly data: JsonText | null;
  /** The client's fields of the run; absent ones say nothing. */
  readonly fields: Readonly<Record<string, unknown>>;
}

const EVENT_PREFIX = "prefect.task-run.";
const RUN_PREFIX = "prefect.flow-run.";
/** An index entry of PostgreSQL has to stay below 2,704 bytes, and a character takes up to four. */
const LONGEST_KEYS = 640;
const LARGEST_INT = 2_147_483_647;

const knownTypes: ReadonlySet<unknown> = new Set(stateTypes);

export function isTaskRunReport(event: IncomingEvent): boolean {
  return event.event.startsWith(EVENT_PREFIX) && event.resource["prefect.orchestration"] === "client";
}

export function readTaskRunReport(event: IncomingEvent): ReportedTaskRun | undefined {
  const { validated_state: state, task_run: fields } = event.payload;
  const id = idIn(event.resource["prefect.resource.id"], EVENT_PREFIX);
  if (id === undefined || !isRecord(state) || !isRecord(fields)) return undefined;
  const { task_key, dynamic_key } = fields;
  if (typeof task_key !== "string" || typeof dynamic_key !== "string") return undefined;
  if (task_key.length + dynamic_key.length > LONGEST_KEYS || !knownTypes.has(state["type"])) return undefined;
  const type = state["type"] as StateType;
  return {
    id,
    flow_run_id: flowRunIdOf(event) ?? null,
    task_key: storable(task_key),
    dynamic_key: storable(dynamic_key),
    state_id: event.id,
    state_type: type,
    state_name: storable(state["name"]) || type.charAt(0) + type.slice(1).toLowerCase(),
    state_timestamp: event.occurred,
    message: typeof state["message"] === "string" ? storable(state["message"]) : null,
    state_details: isRecord(state["state_details"]) ? jsonText(state["state_details"]) : "{}",
    data: state["data"] == null ? null : memberText(state, "data"),
    fields,
  };
}

function flowRunIdOf(event: IncomingEvent): string | undefined {
  for (const related of event.related) {
    if (related["prefect.resource.role"] === "flow-run") return idIn(related["prefect.resource.id"], RUN_PREFIX);
  }
  return undefined;
}

function idIn(resourceId: string | undefined, prefix: string): string | undefined {
  if (resourceId?.startsWith(prefix) !== true) return undefined;
  const id = resourceId.slice(prefix.length);
  return isId(id) ? id.toLowerCase() : undefined;
}

type Read = (value: unknown, fields: Readonly<Record<string, unknown>>, key: string) => string | number | null;

const text: Read = (value) => storable(value);
const instant: Read = (value) =>
  typeof value === "string" || typeof value === "number" ? (parseInstant(value) ?? null) : null;
const count: Read = (value) =>
  typeof value === "number" && Number.isInteger(value) && Math.abs(value) <= LARGEST_INT ? value : 0;
const duration: Read = (value) => {
  const microseconds = typeof value === "number" ? Math.round(value * MICROSECONDS_PER_SECOND) : 0;
  return Number.isSafeInteger(microseconds) ? microseconds : 0;
};
const list: Read = (value) => (Array.isArray(value) ? JSON.stringify(value) : "[]");
const object: Read = (value) => (isRecord(value) ? jsonText(value) : "{}");

/** Columns that a report may leave out, with how they are read; they keep their values when it does. */
const optionalColumns: readonly (readonly [keyof TaskRunRow & string, Read])[] = [
  ["name", text],
  ["task_version", text],
  ["cache_key", text],
  ["cache_expiration", instant],
  ["empirical_policy", policy],
  ["tags", list],
  ["labels", object],
  ["task_inputs", object],
  ["run_count", count],
  ["flow_run_run_count", count],
  ["expected_start_time", instant],
  ["next_scheduled_start_time", instant],
  ["start_time", instant],
  ["end_time", instant],
  ["total_run_time", duration],
];

/**
 * Fills a row's optional columns from the reports of one run, newest first. The answer names the columns that were
 * given, as bits in the order of the list above.
 */
export function fillReportedColumns(row: TaskRunRow, reports: readonly ReportedTaskRun[]): number {
  let given = 0;
  for (let index = 0; index < optionalColumns.length; index += 1) {
    const [column, read] = optionalColumns[index] ?? ["name", text];
    for (const { fields } of reports) {
      const value = fields[column];
      if (value == null) continue;
      Object.assign(row, { [column]: read(value, fields, column) });
      given |= 1 << index;
      break;
    }
  }
  return given;
}

/** The columns named by the bits. */
export function reportedColumns(given: number): string[] {
  return optionalColumns.filter((_, index) => (given & (1 << index)) !== 0).map(([column]) => column);
}

/** Tasks share their policy object when they are reported by our own SDK. */
const policyTexts = new WeakMap<object, JsonText>();

function policy(value: unknown): JsonText {
  if (!isRecord(value)) return policyText({});
  const known = policyTexts.get(value);
  if (known !== undefined) return known;
  const written = policyText(value);
  policyTexts.set(value, written);
  return written;
}

/** Every field is written, as the answer has them all. */
export function policyText(value: Readonly<Record<string, unknown>>): JsonText {
  return JSON.stringify({
    max_retries: value["max_retries"] ?? 0,
    retry_delay_seconds: value["retry_delay_seconds"] ?? 0,
    retries: value["retries"] ?? null,
    retry_delay: value["retry_delay"] ?? null,
    retry_jitter_factor: value["retry_jitter_factor"] ?? null,
  });
}

/** Text as both databases take it: PostgreSQL has neither NUL nor half a surrogate pair. */
function storable(value: unknown): string {
  if (typeof value !== "string") return "";
  if (!value.includes("\u0000") && !SURROGATE.test(value)) return value;
  return value.replaceAll("\u0000", "").replace(/\p{Surrogate}/gu, "\uFFFD");
}
const SURROGATE = /\p{Surrogate}/u;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
