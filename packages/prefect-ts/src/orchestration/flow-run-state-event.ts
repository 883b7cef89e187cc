import type { EventResource } from "../domain/events.ts";
import { formatInstant, type Instant } from "../domain/instant.ts";
import type { EventToAppend } from "../storage/queries/events.ts";
import type { FlowRunRow } from "../storage/tables.ts";
import type { RunState } from "./rule.ts";

/** Longer messages are cut in the middle: some programs put whole results into them. */
const LONGEST_MESSAGE = 100_000;
/** States further apart than this are in order by their times; closer ones say which follows which. */
const TIGHT_TIMING_MICROSECONDS = 5 * 60 * 1_000_000;

export interface FlowRunStateChange {
  readonly run: FlowRunRow;
  readonly initial: RunState | null;
  readonly validated: RunState;
  readonly related: readonly EventResource[];
  readonly now: Instant;
}

/** The event of a flow run's new state. It has the state's id, so that states and their events are matched by it. */
export function flowRunStateEvent({ run, initial, validated, related, now }: FlowRunStateChange): EventToAppend {
  return {
    id: validated.id,
    occurred: validated.timestamp,
    received: now,
    event: `prefect.flow-run.${validated.name}`,
    resource: {
      "prefect.resource.id": `prefect.flow-run.${run.id}`,
      "prefect.resource.name": run.name,
      "prefect.run-count": String(run.run_count),
      "prefect.state-message": shortened(validated.message),
      "prefect.state-name": validated.name,
      "prefect.state-timestamp": formatInstant(validated.timestamp).replace("Z", "+00:00"),
      "prefect.state-type": validated.type,
    },
    related,
    payload: JSON.stringify({
      intended: { from: initial?.type ?? null, to: validated.type },
      initial_state: statePayload(initial),
      validated_state: statePayload(validated),
    }),
    follows: initial !== null && isTight(initial, validated) ? initial.id : null,
  };
}

function isTight(initial: RunState, validated: RunState): boolean {
  return Math.abs(validated.timestamp - initial.timestamp) < TIGHT_TIMING_MICROSECONDS;
}

function statePayload(state: RunState | null): Record<string, string> | null {
  if (state === null) return null;
  const { type, name, message, details } = state;
  return {
    type,
    ...(name === "" ? {} : { name }),
    ...(message === null || message === "" ? {} : { message: shortened(message) }),
    ...(type === "PAUSED" ? { pause_reschedule: String(details.pause_reschedule ?? false) } : {}),
  };
}

function shortened(message: string | null): string {
  if (message === null || message.length <= LONGEST_MESSAGE) return message ?? "";
  const half = LONGEST_MESSAGE / 2;
  const omitted = message.length - LONGEST_MESSAGE;
  const text = `${message.slice(0, half)}...${omitted} additional characters...${message.slice(-half)}`;
  return text.length < message.length ? text : message;
}
