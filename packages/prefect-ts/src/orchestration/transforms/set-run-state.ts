import type { Transform } from "./transform.ts";

/** The run shows the state it is in. */
export const setRunState: Transform = ({ proposed }) => ({
  state_id: proposed.id,
  state_type: proposed.type,
  state_name: proposed.name,
  state_timestamp: proposed.timestamp,
});
