import { formatInstant, type Instant, parseInstant } from "../../domain/instant.ts";
import type { StateDetails } from "../../domain/states.ts";
import type { JsonText } from "../tables.ts";

/** Every field is written, as the reference answers them, in its order. */
export function writeStateDetails(details: StateDetails): JsonText {
  return JSON.stringify({
    flow_run_id: details.flow_run_id ?? null,
    task_run_id: details.task_run_id ?? null,
    child_flow_run_id: details.child_flow_run_id ?? null,
    scheduled_time: timeText(details.scheduled_time),
    cache_key: details.cache_key ?? null,
    cache_expiration: timeText(details.cache_expiration),
    // Null is another answer than false here, and clients may send it.
    deferred: details.deferred === undefined ? false : details.deferred,
    untrackable_result: details.untrackable_result ?? false,
    pause_timeout: timeText(details.pause_timeout),
    pause_reschedule: details.pause_reschedule ?? false,
    pause_key: details.pause_key ?? null,
    run_input_keyset: details.run_input_keyset ?? null,
    refresh_cache: details.refresh_cache ?? null,
    retriable: details.retriable ?? null,
    transition_id: details.transition_id ?? null,
    task_parameters_id: details.task_parameters_id ?? null,
    traceparent: details.traceparent ?? null,
    deployment_concurrency_lease_id: details.deployment_concurrency_lease_id ?? null,
  });
}

/** The details as they were written by us or by a client that reported a task run's state. */
export function readStateDetails(text: JsonText): StateDetails {
  const { scheduled_time, cache_expiration, pause_timeout, ...rest } = JSON.parse(text) as WrittenDetails;
  return {
    ...rest,
    scheduled_time: instantOf(scheduled_time),
    cache_expiration: instantOf(cache_expiration),
    pause_timeout: instantOf(pause_timeout),
  };
}

type Times = "scheduled_time" | "cache_expiration" | "pause_timeout";
type WrittenDetails = Omit<StateDetails, Times> & { [Key in Times]?: string | null };

function timeText(instant: Instant | null | undefined): string | null {
  return instant == null ? null : formatInstant(instant);
}

function instantOf(text: string | null | undefined): Instant | null {
  return text == null ? null : (parseInstant(text) ?? null);
}
