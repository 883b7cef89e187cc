import { newId } from "../../domain/ids.ts";
import { Abort, Pause } from "../exceptions.ts";
import type { FlowRun } from "../flow-run.ts";
import { stateFromWire } from "../flow-run.ts";
import { currentCompanion } from "../process-companion.ts";
import type { StoredResult } from "../results.ts";
import type { State, StateFields } from "../states.ts";
import { pause } from "./timeout.ts";

export interface Proposal {
  readonly state: StateFields;
  /** What the server is to keep of the result. */
  readonly stored?: StoredResult | undefined;
  readonly force?: boolean;
}

/**
 * Asks the server to move a flow run to a state and gives the one that it is in then: the proposed one, or another that
 * the server's rules put in its place. Waits as long as the server says to. Throws `Abort` when the run must not go on,
 * `Pause` when it is paused.
 */
export async function proposeState(run: FlowRun, proposal: Proposal, signal: AbortSignal | undefined): Promise<State> {
  const { client } = currentCompanion();
  const { type, name, message, details, data } = proposal.state;
  const state = {
    type,
    name: name ?? null,
    message: message ?? null,
    data: proposal.stored ?? null,
    state_details: { ...details, flow_run_id: run.id, transition_id: newId() },
  };
  for (;;) {
    const {
      status,
      state: answered,
      details: why,
    } = await client.flow_runs.set_state({
      id: run.id,
      state,
      force: proposal.force ?? false,
    });
    if (why.type === "wait_details") {
      await pause(why.delay_seconds, signal);
      continue;
    }
    const reason = "reason" in why && why.reason != null ? why.reason : "the server gave no reason";
    if (status === "ABORT" || answered === null) throw new Abort(`Flow run '${run.name}' was aborted: ${reason}`);
    // What was proposed and accepted keeps what only this process knows, the result.
    run.state = stateFromWire(answered, status === "ACCEPT" ? data : answered.data);
    if (status === "REJECT" && run.state.isPaused()) throw new Pause(`Flow run '${run.name}' is paused: ${reason}`);
    return run.state;
  }
}
