import type { Transform } from "./transform.ts";

/** The first state says when the run is expected to start; later ones do not change it. */
export const setExpectedStartTime: Transform = ({ run, proposed }) => {
  if (run.expected_start_time !== null) return {};
  const scheduledTime = proposed.type === "SCHEDULED" ? proposed.details.scheduled_time : undefined;
  return { expected_start_time: scheduledTime ?? proposed.timestamp };
};
