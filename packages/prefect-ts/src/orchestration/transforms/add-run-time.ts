import type { Transform } from "./transform.ts";

/** Time in RUNNING adds up over attempts. */
export const addRunTime: Transform = ({ run, initial, proposed }) =>
  initial?.type === "RUNNING" ? { total_run_time: run.total_run_time + (proposed.timestamp - initial.timestamp) } : {};
