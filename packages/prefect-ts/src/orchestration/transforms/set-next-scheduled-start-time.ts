import type { Transform } from "./transform.ts";

/** Only a run that waits for its time has a next start. */
export const setNextScheduledStartTime: Transform = ({ initial, proposed }) => {
  if (proposed.type === "SCHEDULED") return { next_scheduled_start_time: proposed.details.scheduled_time ?? null };
  return initial?.type === "SCHEDULED" ? { next_scheduled_start_time: null } : {};
};
