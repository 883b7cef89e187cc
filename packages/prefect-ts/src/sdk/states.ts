/** States of runs: what the engine reports, what tasks and flows may return, what `.state(...)` gives back. */

import { newId } from "../domain/ids.ts";
import { addSeconds, formatInstant, type Instant } from "../domain/instant.ts";
import type { StateType } from "../domain/states.ts";
import { systemClock } from "../platform/clock.ts";
import { stateResult } from "./state-result.ts";
import { isTerminal } from "./state-types.ts";

export type { StateType };

/** What a state knows beyond its type, with the wire's names. */
export interface StateDetails {
  flow_run_id?: string;
  task_run_id?: string;
  child_flow_run_id?: string;
  scheduled_time?: string;
  cache_key?: string;
  cache_expiration?: string;
  untrackable_result?: boolean;
  pause_timeout?: string;
  pause_reschedule?: boolean;
  pause_key?: string;
  refresh_cache?: boolean;
  transition_id?: string;
  [key: string]: unknown;
}

/** Which task run a state or a result came from, and in which flow run. */
export interface RunOrigin {
  readonly run_id: string;
  readonly flow_run_id: string | undefined;
}

export interface StateFields {
  readonly type: StateType;
  readonly name?: string | undefined;
  readonly message?: string | undefined;
  readonly data?: unknown;
  readonly details?: StateDetails | undefined;
  readonly id?: string | undefined;
  readonly timestamp?: Instant | undefined;
}

const stateBrand = Symbol.for("prefect-ts.state");

const defaultNames: Readonly<Record<StateType, string>> = {
  SCHEDULED: "Scheduled",
  PENDING: "Pending",
  RUNNING: "Running",
  COMPLETED: "Completed",
  FAILED: "Failed",
  CANCELLED: "Cancelled",
  CRASHED: "Crashed",
  PAUSED: "Paused",
  CANCELLING: "Cancelling",
};

/**
 * The state of a run at one moment.
 *
 * `data` is the result (or the error of a failed run) while the program that made it runs; a state read from a server
 * has only a reference to a stored result there.
 */
export class State<Result = unknown> {
  readonly [stateBrand] = true;
  readonly id: string;
  readonly type: StateType;
  readonly name: string;
  readonly message: string | undefined;
  /** Microseconds since 1970. */
  readonly timestamp: Instant;
  readonly data: unknown;
  readonly details: StateDetails | undefined;
  /** The run that ended with it, in this process. */
  origin: RunOrigin | undefined;
  /** Never there; it lets the type remember what the run returns. */
  declare readonly resultType?: Result;

  constructor(fields: StateFields) {
    this.id = fields.id ?? newId();
    this.type = fields.type;
    this.name = fields.name ?? defaultNames[fields.type];
    this.message = fields.message;
    this.timestamp = fields.timestamp ?? systemClock.now();
    this.data = fields.data;
    this.details = fields.details;
  }

  isScheduled(): boolean {
    return this.type === "SCHEDULED";
  }
  isPending(): boolean {
    return this.type === "PENDING";
  }
  isRunning(): boolean {
    return this.type === "RUNNING";
  }
  isCompleted(): boolean {
    return this.type === "COMPLETED";
  }
  isFailed(): boolean {
    return this.type === "FAILED";
  }
  isCrashed(): boolean {
    return this.type === "CRASHED";
  }
  isCancelled(): boolean {
    return this.type === "CANCELLED";
  }
  isCancelling(): boolean {
    return this.type === "CANCELLING";
  }
  isPaused(): boolean {
    return this.type === "PAUSED";
  }
  /** Completed, Failed, Crashed or Cancelled. */
  isFinal(): boolean {
    return isTerminal(this.type);
  }

  /**
   * The run's result. Of a run that did not complete, throws the error that ended it; with `raiseOnFailure: false`
   * gives that error back instead.
   *
   * Rejects with `UnfinishedRun` before the run's end, `PausedRun` while it is paused, and `MissingResult` when nothing
   * kept the result.
   *
   * @example
   * ```ts
   * const state = await etl.state(10);
   * if (state.isCompleted()) console.log(await state.result());
   * ```
   */
  async result(options: { raiseOnFailure?: boolean } = {}): Promise<Result> {
    return (await stateResult(this, options.raiseOnFailure ?? true)) as Result;
  }

  /** `Completed()`, `Cached(type=COMPLETED)`, `Failed('boom')`: the message when set, the type when the name hides it. */
  toString(): string {
    const parts: string[] = [];
    if (this.message !== undefined && this.message !== "") parts.push(`'${this.message}'`);
    if (this.name.toUpperCase() !== this.type) parts.push(`type=${this.type}`);
    return `${this.name}(${parts.join(", ")})`;
  }
}

/** Whether a value is a state, also one of another copy of this package. */
export function isState(value: unknown): value is State {
  return typeof value === "object" && value !== null && stateBrand in value;
}

/** What every constructor of a state takes. */
export interface StateOptions {
  /** Shown in the dashboard and matched by automations. Default: the constructor's own name. */
  readonly name?: string;
  readonly message?: string;
  /** The result, or the error of a failed run. */
  readonly data?: unknown;
  readonly details?: StateDetails;
}

export interface ScheduledOptions extends StateOptions {
  /** Default: now. */
  readonly scheduledTime?: Date;
}

export interface PausedOptions extends StateOptions {
  /** Seconds until the pause fails the run. Default: 300. */
  readonly timeoutSeconds?: number;
  readonly pauseKey?: string;
  /** The process ends meanwhile, and the run is scheduled again. Default: false. */
  readonly reschedule?: boolean;
}

function ofType(type: StateType, name?: string) {
  return (options: StateOptions = {}): State => new State({ type, name, ...options });
}

function scheduled(name: string) {
  return ({ scheduledTime, details, ...options }: ScheduledOptions = {}): State => {
    const time = scheduledTime?.toISOString() ?? formatInstant(systemClock.now());
    return new State({ type: "SCHEDULED", name, ...options, details: { ...details, scheduled_time: time } });
  };
}

export const Scheduled = scheduled("Scheduled");
export const Late = scheduled("Late");
export const AwaitingRetry = scheduled("AwaitingRetry");
export const AwaitingConcurrencySlot = scheduled("AwaitingConcurrencySlot");
export const Pending = ofType("PENDING");
export const Submitting = ofType("PENDING", "Submitting");
export const InfrastructurePending = ofType("PENDING", "InfrastructurePending");
export const Running = ofType("RUNNING");
export const Retrying = ofType("RUNNING", "Retrying");
export const Completed = ofType("COMPLETED");
export const Failed = ofType("FAILED");
export const Crashed = ofType("CRASHED");
export const Cancelling = ofType("CANCELLING");
export const Cancelled = ofType("CANCELLED");

const DEFAULT_PAUSE_SECONDS = 300;

export function Paused(options: PausedOptions = {}): State {
  const { timeoutSeconds = DEFAULT_PAUSE_SECONDS, pauseKey, reschedule = false, details, ...rest } = options;
  const pause: StateDetails = {
    pause_timeout: formatInstant(addSeconds(systemClock.now(), timeoutSeconds)),
    pause_reschedule: reschedule,
  };
  if (pauseKey !== undefined) pause.pause_key = pauseKey;
  return new State({ type: "PAUSED", ...rest, details: { ...details, ...pause } });
}

export function Suspended(options: PausedOptions = {}): State {
  return Paused({ name: "Suspended", ...options, reschedule: true });
}
