import { isTerminal } from "../../domain/states.ts";
import type { Transform } from "./transform.ts";

/** A run ends with its first terminal state and goes on when it leaves it. One that never ran has started then too. */
export const setEndTime: Transform = ({ run, initial, proposed }) => {
  if (!isTerminal(proposed.type)) return isTerminal(initial?.type) ? { end_time: null } : {};
  if (run.end_time !== null) return {};
  return { end_time: proposed.timestamp, start_time: run.start_time ?? proposed.timestamp };
};
