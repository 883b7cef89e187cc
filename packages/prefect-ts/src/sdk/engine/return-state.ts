/** Which state a returned value ends a run with. */
import { isFuture } from "../futures.ts";
import { ResultValue } from "../state-result.ts";
import { isState, State } from "../states.ts";

/** A state, or a list of nothing but states and futures, decides by itself; `undefined` for any other value. */
export function isStateLike(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (isState(value) || isFuture(value)) return true;
  return Array.isArray(value) && value.length > 0 && value.every((item) => isState(item) || isFuture(item));
}

/** A state without a run of its own is taken as it is; states of runs are judged together. */
export async function stateOfReturned(value: unknown): Promise<State> {
  if (isState(value) && value.origin === undefined && value.details?.flow_run_id === undefined) {
    return new State({ ...value, id: undefined, timestamp: undefined });
  }
  const states: State[] = [];
  for (const item of Array.isArray(value) ? value : [value]) {
    if (isFuture(item)) await item.wait();
    const state = isFuture(item) ? item.state : item;
    if (isState(state)) states.push(state);
  }
  const { type, message } = judge(states);
  const data = new ResultValue(Array.isArray(value) ? states : states[0]);
  if (type === "COMPLETED") return new State({ type, message, data: await completedData(value, states) });
  return new State({ type, message, data });
}

/** The results themselves: what the caller of a completed run wants. */
async function completedData(value: unknown, states: readonly State[]): Promise<ResultValue> {
  if (!Array.isArray(value)) return new ResultValue(await states[0]?.result());
  return new ResultValue(value.every(isState) ? states : await Promise.all(states.map((state) => state.result())));
}

function judge(states: readonly State[]): { type: State["type"]; message: string } {
  const total = states.length;
  const count = (test: (state: State) => boolean) => states.filter(test).length;
  if (states.every((state) => state.isCompleted())) return { type: "COMPLETED", message: "All states completed." };
  const cancelled = count((state) => state.isCancelled());
  if (cancelled > 0) return { type: "CANCELLED", message: `${cancelled}/${total} states cancelled.` };
  const paused = count((state) => state.isPaused());
  if (paused > 0) return { type: "PAUSED", message: `${paused}/${total} states paused.` };
  const failed = count((state) => state.isFailed() || state.isCrashed());
  if (failed > 0) return { type: "FAILED", message: `${failed}/${total} states failed.` };
  const unfinished = count((state) => !state.isFinal());
  return { type: "FAILED", message: `${unfinished}/${total} states are not final.` };
}
