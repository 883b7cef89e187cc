import type { Instant } from "../domain/instant.ts";
import type { SetStateStatus } from "../domain/orchestration.ts";
import { type StateCreate, type StateDetails, type StateType, stateTypes } from "../domain/states.ts";
import type { Transaction } from "../storage/database.ts";
import type { FlowRunRow, JsonText, TaskRunRow } from "../storage/tables.ts";
import type { TransitionSettings } from "./settings.ts";

/** A state of a run while its transition is decided. */
export interface RunState {
  readonly id: string;
  readonly type: StateType;
  readonly name: string;
  readonly timestamp: Instant;
  readonly message: string | null;
  readonly data: JsonText | null;
  readonly details: StateDetails;
}

/** What flow runs and task runs have in common. */
export type AnyRun = Pick<FlowRunRow, Extract<keyof FlowRunRow, keyof TaskRunRow>>;

interface Transition<Run> {
  readonly tx: Transaction;
  /** As the rules above have left it. */
  readonly run: Run;
  /** The state the run is in; null before its first one. */
  readonly initial: RunState | null;
  readonly now: Instant;
  /** The client's version of Prefect; null when it is unknown. */
  readonly clientVersion: string | null;
  readonly settings: TransitionSettings;
  /** The flow run itself, or the one a task run belongs to. */
  readonly flowRun: () => Promise<FlowRunRow | undefined>;
}

/** A transition that is still to be decided. */
export interface Intended<Run> extends Transition<Run> {
  readonly proposed: RunState;
}

/** A transition that has been decided; its state is written. */
export interface Decided<Run> extends Transition<Run> {
  /** The state that was written, null when none was. */
  readonly proposed: RunState | null;
  readonly status: SetStateStatus;
  /** The state the run is in now. */
  readonly validated: RunState | null;
  /** What the rule's `before` asked to be remembered. */
  readonly memo: string | undefined;
}

/** What a rule changes on a state that it lets pass. */
export interface Amendment {
  readonly name?: string;
  readonly details?: StateDetails;
}

export type Decision<Run> =
  | { readonly kind: "proceed"; readonly state?: Amendment; readonly run?: Partial<Run>; readonly memo?: string }
  | {
      readonly kind: "reject";
      readonly state: StateCreate | null;
      readonly reason: string;
      readonly run?: Partial<Run>;
    }
  | { readonly kind: "abort"; readonly reason: string }
  | { readonly kind: "wait"; readonly delaySeconds: number; readonly reason: string };

/** Lets the proposal pass, changed or not. */
export function proceed<Run>(
  changes: { state?: Amendment; run?: Partial<Run>; memo?: string } = {},
): Decision<Run> & { kind: "proceed" } {
  return { kind: "proceed", ...changes };
}

/** Puts another state in the place of the proposed one; null leaves the run in the state it is in. */
export function reject<Run>(state: StateCreate | null, reason: string, run: Partial<Run> = {}): Decision<Run> {
  return { kind: "reject", state, reason, run };
}

/** Tells the client to stop working on the run. */
export function abort(reason: string): Decision<never> & { kind: "abort" } {
  return { kind: "abort", reason };
}

/** Tells the client to ask again later. */
export function wait(delaySeconds: number, reason: string): Decision<never> & { kind: "wait" } {
  return { kind: "wait", delaySeconds, reason };
}

type Maybe<Value> = Value | Promise<Value>;

/** Null stands for a run without a state, or for a transition that writes none. */
export type StateTypeOrNone = StateType | null;

/**
 * One piece of orchestration. It sees transitions from one of `from` to one of `to`, as long as the rules above it have
 * not changed where the run is going.
 */
export interface Rule<Run> {
  readonly name: string;
  readonly from: ReadonlySet<StateTypeOrNone>;
  readonly to: ReadonlySet<StateTypeOrNone>;
  /** Sees every transition that writes a state, whatever the rules above have made of it. */
  readonly isUniversal: boolean;
  /** Decides, before a state is written. */
  readonly before?: ((transition: Intended<Run>) => Maybe<Decision<Run>>) | undefined;
  /** Acts on what was decided; answers what changes on the run. */
  readonly after?: ((transition: Decided<Run>) => Maybe<Partial<Run> | undefined>) | undefined;
  /** Takes back what `before` did, when a rule below has changed where the run is going. */
  readonly undone?: ((transition: Decided<Run>) => Maybe<Partial<Run> | undefined>) | undefined;
}

export type FlowRunRule = Rule<FlowRunRow>;
export type TaskRunRule = Rule<TaskRunRow>;

const ANY_STATE: readonly StateTypeOrNone[] = [...stateTypes, null];

export function allExcept(...types: StateTypeOrNone[]): readonly StateTypeOrNone[] {
  return ANY_STATE.filter((type) => !types.includes(type));
}

type RuleSource<Run> = Pick<Rule<Run>, "name" | "before" | "after" | "undone"> & {
  readonly from?: readonly StateTypeOrNone[];
  readonly to?: readonly StateTypeOrNone[];
};

function rule<Run>(source: RuleSource<Run>, isUniversal: boolean): Rule<Run> {
  const { from = ANY_STATE, to = ANY_STATE, ...hooks } = source;
  return { ...hooks, from: new Set(from), to: new Set(to), isUniversal };
}

export function flowRunRule(source: RuleSource<FlowRunRow>): FlowRunRule {
  return rule(source, false);
}

export function taskRunRule(source: RuleSource<TaskRunRow>): TaskRunRule {
  return rule(source, false);
}

/** A rule for flow runs and task runs alike. */
export function runRule(source: RuleSource<AnyRun>): Rule<AnyRun> {
  return rule(source, false);
}

export function universalFlowRunRule(source: RuleSource<FlowRunRow>): FlowRunRule {
  return rule(source, true);
}

export function universalTaskRunRule(source: RuleSource<TaskRunRow>): TaskRunRule {
  return rule(source, true);
}
