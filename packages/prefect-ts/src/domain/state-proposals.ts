import type { Instant } from "./instant.ts";
import type { StateCreate, StateDetails } from "./states.ts";

/** The states that the server itself proposes, by name. */

type Extras = Pick<StateCreate, "message" | "data">;

function scheduled(scheduledTime: Instant, name = "Scheduled", extras: Extras = {}): StateCreate {
  return { type: "SCHEDULED", name, ...extras, state_details: { scheduled_time: scheduledTime } };
}

/** A failed attempt that has a next one; `data` and message are the attempt's. */
export function awaitingRetry(scheduledTime: Instant, extras: Extras = {}): StateCreate {
  return scheduled(scheduledTime, "AwaitingRetry", extras);
}

export function awaitingConcurrencySlot(scheduledTime: Instant): StateCreate {
  return scheduled(scheduledTime, "AwaitingConcurrencySlot");
}

/** A suspended run that shall go on. */
export function resuming(scheduledTime: Instant): StateCreate {
  return scheduled(scheduledTime, "Resuming");
}

export function running(): StateCreate {
  return { type: "RUNNING", name: "Running" };
}

export function cancelled(message?: string): StateCreate {
  return { type: "CANCELLED", name: "Cancelled", ...(message === undefined ? {} : { message }) };
}

export function failed(message: string): StateCreate {
  return { type: "FAILED", name: "Failed", message };
}

/** A task of a paused flow has to wait as long as the flow may. */
export function notReady(pause: Pick<StateDetails, "pause_timeout" | "pause_reschedule">): StateCreate {
  const { pause_timeout, pause_reschedule = false } = pause;
  return { type: "PAUSED", name: "NotReady", state_details: { pause_timeout, pause_reschedule } };
}
