import { NotFoundError } from "../domain/errors.ts";
import type { Instant } from "../domain/instant.ts";
import { rawJson } from "../domain/json.ts";
import type { SetStateStatus, StateResponseDetails } from "../domain/orchestration.ts";
import type { StateCreate, StateDetails } from "../domain/states.ts";
import type { Transaction } from "../storage/database.ts";
import { findFlowRunState, insertFlowRunState } from "../storage/queries/flow-run-states.ts";
import { findFlowRun, findFlowRunForUpdate, insertFlowRun, updateFlowRun } from "../storage/queries/flow-runs.ts";
import { insertResultArtifact, type ResultOwner } from "../storage/queries/result-artifacts.ts";
import { findTaskRunState, insertTaskRunState } from "../storage/queries/task-run-states.ts";
import { findTaskRunForUpdate, updateTaskRun } from "../storage/queries/task-runs.ts";
import type { FlowRunRow, FlowRunStateRow, TaskRunRow, TaskRunStateRow } from "../storage/tables.ts";
import { Governance } from "./govern.ts";
import {
  backgroundTaskRunPolicy,
  coreFlowRunPolicy,
  coreTaskRunPolicy,
  minimalFlowRunPolicy,
  minimalTaskRunPolicy,
} from "./policies.ts";
import type { AnyRun, FlowRunRule, Rule, RunState } from "./rule.ts";
import { isPersisted, newRunState, runStateOf, stateRowOf } from "./run-state.ts";
import { defaultTransitionSettings, type TransitionSettings } from "./settings.ts";
import { flowRunTransforms, taskRunTransforms } from "./transforms/transforms.ts";

/**
 * The one way in which a run changes its state.
 *
 * The run's row is locked, so that transitions of one run come one after the other. The rules of a policy decide
 * (govern.ts), the transforms keep the books, and then everything is written: the state, its event, and the run's row
 * once. All of it happens in the caller's transaction; what a rule throws undoes it.
 */

interface Proposal {
  readonly id: string;
  readonly proposed: StateCreate;
  /** Passes by most rules: what a person or a service says about a run, rather than the run itself. */
  readonly force?: boolean;
  readonly now: Instant;
  /** The client's version of Prefect; unknown ones count as very old. */
  readonly clientVersion?: string | null;
  readonly settings?: TransitionSettings;
}

export interface FlowRunProposal extends Proposal {
  /** Another policy than the usual one (`markLatePolicy`). */
  readonly policy?: readonly FlowRunRule[];
}

export type TaskRunProposal = Proposal;

/** What became of a proposal. */
export interface Outcome<Run = FlowRunRow, StateRow = FlowRunStateRow> {
  readonly status: SetStateStatus;
  readonly details: StateResponseDetails;
  /** The state the run is in now; its `data` is what was proposed, also where that is not stored. */
  readonly state: StateRow | null;
  /** Whether `state` was written just now. */
  readonly isNew: boolean;
  /** The rule that refused or replaced the proposal. */
  readonly rule: string | null;
  /** The run as it is now. */
  readonly run: Run;
}

export type TaskRunOutcome = Outcome<TaskRunRow, TaskRunStateRow>;

/** Throws `NotFoundError` when there is no such run. */
export async function proposeFlowRunState(tx: Transaction, proposal: FlowRunProposal): Promise<Outcome> {
  const { id, now } = proposal;
  const run = await findFlowRunForUpdate(tx, id);
  if (run === undefined) throw new NotFoundError("Flow run", id, "exception_message");
  // Read after the lock is held: the run may have had another state before.
  const initialRow = run.state_id === null ? undefined : await findFlowRunState(tx, run.state_id);
  const policy = proposal.force === true ? minimalFlowRunPolicy : (proposal.policy ?? coreFlowRunPolicy);
  const governance = await governed(tx, { run, initialRow, policy, proposal, flowRun: async () => run });

  const written = await enterFlowRunState(tx, governance, now);
  const changes = changesOf(run, governance.run, now);
  if (changes !== undefined) await updateFlowRun(tx, id, changes);
  return outcomeOf(governance, written, initialRow);
}

export interface NewFlowRun extends Pick<Proposal, "proposed" | "now" | "settings"> {
  /** The row as it shall be, without its state. */
  readonly run: FlowRunRow;
}

/**
 * Stores a new run with its first state, in one go and with its event. Undefined, and nothing is written, when a run
 * with that idempotency key is there already.
 */
export async function insertFlowRunInState(tx: Transaction, creation: NewFlowRun): Promise<Outcome | undefined> {
  const { run, now } = creation;
  const proposal = { ...creation, id: run.id };
  const subject = { run, initialRow: undefined, policy: minimalFlowRunPolicy, proposal, flowRun: async () => run };
  const governance = await governed(tx, subject);
  let stored: FlowRunRow | undefined;
  const written = await enterFlowRunState(tx, governance, now, async (row) => {
    stored = { ...row };
    return insertFlowRun(tx, stored);
  });
  if (written === undefined || stored === undefined) return undefined;
  const changes = changesOf(stored, governance.run, now);
  if (changes !== undefined) await updateFlowRun(tx, run.id, changes);
  return outcomeOf<FlowRunRow, FlowRunStateRow>(governance, written, undefined);
}

/** Throws `NotFoundError` when there is no such run. */
export async function proposeTaskRunState(tx: Transaction, proposal: TaskRunProposal): Promise<TaskRunOutcome> {
  const { id, now, proposed } = proposal;
  const run = await findTaskRunForUpdate(tx, id);
  if (run === undefined) throw new NotFoundError("Task run", id, "exception_message");
  const initialRow = run.state_id === null ? undefined : await findTaskRunState(tx, run.state_id);
  const orderly = proposal.force === true ? minimalTaskRunPolicy : coreTaskRunPolicy;
  const policy = proposed.state_details?.deferred === true ? backgroundTaskRunPolicy : orderly;
  const governance = await governed(tx, { run, initialRow, policy, proposal, flowRun: flowRunOf(tx, run) });

  const written = await enterTaskRunState(tx, governance, now);
  const changes = changesOf(run, governance.run, now);
  if (changes !== undefined) await updateTaskRun(tx, id, changes);
  return outcomeOf<TaskRunRow, TaskRunStateRow>(governance, written, initialRow);
}

interface Subject<Run> {
  readonly run: Run;
  readonly initialRow: FlowRunStateRow | TaskRunStateRow | undefined;
  readonly policy: readonly Rule<Run>[];
  readonly proposal: Proposal;
  readonly flowRun: () => Promise<FlowRunRow | undefined>;
}

/** A transition on which the rules have decided and nothing is written yet. */
async function governed<Run extends AnyRun>(tx: Transaction, subject: Subject<Run>): Promise<Governance<Run>> {
  const { run, initialRow, policy, proposal, flowRun } = subject;
  const { now, clientVersion = null, settings = defaultTransitionSettings } = proposal;
  const initial = initialRow === undefined ? null : runStateOf(initialRow);
  const context = { tx, initial, now, clientVersion, settings, flowRun };
  const governance = new Governance(run, newRunState(proposal.proposed, now), context);
  await governance.enter(policy);
  return governance;
}

/** The flow run of a task run, read when a rule asks for it, and once. */
function flowRunOf(tx: Transaction, run: TaskRunRow): () => Promise<FlowRunRow | undefined> {
  let reading: Promise<FlowRunRow | undefined> | undefined;
  return async () => {
    if (run.flow_run_id === null) return undefined;
    reading ??= findFlowRun(tx, run.flow_run_id);
    return reading;
  };
}

/**
 * Enters the state that was decided on: the books, the row, what follows from it. Undefined when there is none, or when
 * `storeRun`, which comes before the first row that refers to the run, says that nothing shall be written.
 */
async function enterFlowRunState(
  tx: Transaction,
  governance: Governance<FlowRunRow>,
  now: Instant,
  storeRun?: (run: FlowRunRow) => Promise<boolean>,
): Promise<FlowRunStateRow | undefined> {
  const { run } = governance;
  const subflow: StateDetails = run.parent_task_run_id === null ? {} : { task_run_id: run.parent_task_run_id };
  const state = governance.settle(flowRunTransforms, { flow_run_id: run.id, ...subflow });
  if (state === null) {
    await governance.exit(governance.initial);
    return undefined;
  }
  if (storeRun !== undefined && !(await storeRun(run))) return undefined;
  const owner = { flow_run_id: run.id, task_run_id: null };
  const { data, resultArtifactId } = await storeResult(tx, state, owner, now);
  const row = { ...stateRowOf(state, now, resultArtifactId), data, flow_run_id: run.id };
  await insertFlowRunState(tx, row);
  if (run.parent_task_run_id !== null) await mirrorOnTaskRun(tx, run.parent_task_run_id, run.id, state, now);
  await governance.exit(state);
  return { ...row, data: data ?? state.data };
}

async function enterTaskRunState(
  tx: Transaction,
  governance: Governance<TaskRunRow>,
  now: Instant,
): Promise<TaskRunStateRow | undefined> {
  const { run } = governance;
  const state = governance.settle(taskRunTransforms, { flow_run_id: run.flow_run_id, task_run_id: run.id });
  if (state === null) {
    await governance.exit(governance.initial);
    return undefined;
  }
  const owner = { flow_run_id: run.flow_run_id, task_run_id: run.id };
  const { data, resultArtifactId } = await storeResult(tx, state, owner, now);
  const row = { ...stateRowOf(state, now, resultArtifactId), data, task_run_id: run.id };
  await insertTaskRunState(tx, row);
  await governance.exit(state);
  return { ...row, data: data ?? state.data };
}

async function storeResult(tx: Transaction, state: RunState, owner: ResultOwner, now: Instant) {
  if (state.data === null || !isPersisted(state.data)) return { data: null, resultArtifactId: null };
  const { artifactId, data } = await insertResultArtifact(tx, state.data, owner, now);
  return { data, resultArtifactId: artifactId };
}

/** A subflow is a task run of its parent too, which is always in the state that the subflow is in. */
async function mirrorOnTaskRun(tx: Transaction, taskRunId: string, flowRunId: string, state: RunState, now: Instant) {
  const { type, name, message, data, details } = state;
  const proposed: StateCreate = {
    type,
    name,
    message,
    data: data === null ? null : rawJson(data),
    state_details: { ...details, child_flow_run_id: flowRunId },
  };
  await proposeTaskRunState(tx, { id: taskRunId, proposed, force: true, now });
}

/** The columns in which a run differs from what is stored; undefined when there are none. */
function changesOf<Run extends AnyRun>(stored: Run, run: Run, now: Instant): Partial<Run> | undefined {
  const changes: Partial<Run> = {};
  let isChanged = false;
  for (const key of Object.keys(run) as (keyof Run)[]) {
    if (run[key] === stored[key]) continue;
    changes[key] = run[key];
    isChanged = true;
  }
  if (!isChanged) return undefined;
  run.updated = now;
  return { ...changes, updated: now };
}

function outcomeOf<Run extends AnyRun, StateRow>(
  governance: Governance<Run>,
  written: StateRow | undefined,
  initialRow: StateRow | undefined,
): Outcome<Run, StateRow> {
  const isNew = written !== undefined;
  return { ...governance.verdict, state: written ?? initialRow ?? null, isNew, run: governance.run };
}
