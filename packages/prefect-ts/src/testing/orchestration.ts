import { newId } from "../domain/ids.ts";
import type { Instant } from "../domain/instant.ts";
import type { StateCreate, StateType } from "../domain/states.ts";
import { Governance } from "../orchestration/govern.ts";
import type { AnyRun, Rule, RunState } from "../orchestration/rule.ts";
import { newRunState } from "../orchestration/run-state.ts";
import { defaultTransitionSettings, type TransitionSettings } from "../orchestration/settings.ts";
import type { Transaction } from "../storage/database.ts";
import type { FlowRunRow, TaskRunRow } from "../storage/tables.ts";
import { NOON } from "./databases.ts";

export interface Trial<Run> {
  readonly run: Run;
  /** Null for a run without a state. */
  readonly from: StateType | StateCreate | null;
  readonly to: StateType | StateCreate;
  readonly now?: Instant;
  readonly clientVersion?: string | null;
  /** For rules that ask the database. */
  readonly tx?: Transaction;
  readonly flowRun?: FlowRunRow;
  readonly settings?: Partial<TransitionSettings>;
  /** What a rule below makes of the proposal, if one does. */
  readonly below?: readonly Rule<Run>[];
}

/** What a rule made of a transition that no other rule governs. */
export interface TrialOutcome<Run> {
  readonly status: string;
  readonly reason: string | undefined;
  readonly delaySeconds: number | undefined;
  /** The state that would be written. */
  readonly state: RunState | null;
  readonly run: Run;
}

/** Lets one rule govern a transition, its `after` and `undone` included; nothing is written but by the rule itself. */
export async function applyRule<Run extends AnyRun>(rule: Rule<Run>, trial: Trial<Run>): Promise<TrialOutcome<Run>> {
  const { now = NOON, clientVersion = null, tx = noDatabase, below = [] } = trial;
  const initial = trial.from === null ? null : newRunState(stateOf(trial.from), now);
  const settings = { ...defaultTransitionSettings, ...trial.settings };
  const flowRun = async () => trial.flowRun;
  const context = { tx, initial, now, clientVersion, settings, flowRun };
  const governance = new Governance<Run>(trial.run, newRunState(stateOf(trial.to), now), context);
  await governance.enter([rule, ...below]);
  await governance.exit(governance.proposed ?? initial);
  const { status, details } = governance.verdict;
  return {
    status,
    reason: "reason" in details ? (details.reason ?? undefined) : undefined,
    delaySeconds: "delay_seconds" in details ? details.delay_seconds : undefined,
    state: governance.proposed,
    run: governance.run,
  };
}

function stateOf(state: StateType | StateCreate): StateCreate {
  return typeof state === "string" ? { type: state } : state;
}

function refuse(): never {
  throw new Error("This rule was tried without a database.");
}

const noDatabase: Transaction = {
  dialect: "sqlite",
  identity: {},
  isTransaction: true,
  all: refuse,
  get: refuse,
  run: refuse,
  insert: refuse,
  afterCommit: refuse,
  notify: refuse,
};

export function aTaskRun(values: Partial<TaskRunRow> = {}): TaskRunRow {
  return {
    id: newId(),
    created: NOON,
    updated: NOON,
    name: "extract-0",
    flow_run_id: null,
    task_key: "extract",
    dynamic_key: newId(),
    cache_key: null,
    cache_expiration: null,
    task_version: null,
    flow_run_run_count: 0,
    empirical_policy: "{}",
    tags: "[]",
    labels: "{}",
    task_inputs: "{}",
    state_id: null,
    state_type: null,
    state_name: null,
    state_timestamp: null,
    run_count: 0,
    expected_start_time: null,
    next_scheduled_start_time: null,
    start_time: null,
    end_time: null,
    total_run_time: 0,
    ...values,
  };
}
