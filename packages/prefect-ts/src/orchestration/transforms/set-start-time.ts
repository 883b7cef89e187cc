import type { Transform } from "./transform.ts";

/** A run starts once, when it first runs. */
export const setStartTime: Transform = ({ run, proposed }) =>
  proposed.type === "RUNNING" && run.start_time === null ? { start_time: proposed.timestamp } : {};
