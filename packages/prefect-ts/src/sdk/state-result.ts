import { CancelledRun, CrashedRun, FailedRun, MissingResult, PausedRun, UnfinishedRun } from "./exceptions.ts";
import { isStoredResult, readStoredResult } from "./results.ts";
import type { State } from "./states.ts";

const wrappers = {
  FAILED: { Wrapper: FailedRun, fallback: "Run failed." },
  CRASHED: { Wrapper: CrashedRun, fallback: "Run crashed." },
  CANCELLED: { Wrapper: CancelledRun, fallback: "Run cancelled." },
} as const;

/** What `State.result` gives: the value of a completed run, else the error that ended it, thrown or handed back. */
export async function stateResult(state: State, raiseOnFailure: boolean): Promise<unknown> {
  if (state.isPaused()) throw new PausedRun("Run is paused, its result is not available.");
  if (!state.isFinal()) throw new UnfinishedRun(`Run is in ${state.type} state, its result is not available.`);
  if (!state.isCompleted()) {
    const error = await stateError(state);
    if (raiseOnFailure) throw error;
    return error;
  }
  if (isStoredResult(state.data)) return readStoredResult(state.data);
  if (isResultValue(state.data)) return state.data.value;
  if (state.data !== undefined && state.data !== null) return state.data;
  throw new MissingResult(
    "State data is missing. Typically, this occurs when result persistence is disabled and the state has been retrieved from the API.",
  );
}

const stateBrand = Symbol.for("prefect-ts.state");
const resultBrand = Symbol.for("prefect-ts.result-value");

function isResultValue(data: unknown): data is ResultValue {
  return typeof data === "object" && data !== null && resultBrand in data;
}

/** A result in this process; the wrapper tells `undefined` from nothing at all. */
export class ResultValue {
  readonly [resultBrand] = true;
  readonly value: unknown;
  constructor(value: unknown) {
    this.value = value;
  }
}

/** The error that ended a run: as it was thrown where it is known, else one that says what the state says. */
export async function stateError(state: State): Promise<unknown> {
  if (state.type !== "FAILED" && state.type !== "CRASHED" && state.type !== "CANCELLED") {
    return new UnfinishedRun(`Run is in ${state.type} state, it has not failed.`);
  }
  const { Wrapper, fallback } = wrappers[state.type];
  const data = isResultValue(state.data) ? state.data.value : state.data;
  const inner = firstFailure(data);
  if (inner !== undefined) return stateError(inner);
  // Thrown in this process: whatever it is, an `undefined` too, it is what the caller gets.
  if (isResultValue(state.data)) return data;
  if (typeof data === "string") return new Wrapper(data);
  if (data === undefined || data === null || isStoredResult(data)) return new Wrapper(state.message ?? fallback);
  return data;
}

function firstFailure(data: unknown): State | undefined {
  const states = (Array.isArray(data) ? data : [data]).filter(isStateLike);
  return states.find((state) => state.isFailed() || state.isCrashed() || state.isCancelled());
}

function isStateLike(value: unknown): value is State {
  return typeof value === "object" && value !== null && stateBrand in value;
}
