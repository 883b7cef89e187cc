/** What a run's arguments depend on: other runs' futures, states and results, wherever they are inside. */
import { isAllowFailure, isOpaque, isQuote, isUnmapped } from "../annotations.ts";
import type { TaskInput, TaskInputs } from "../companion/protocol.ts";
import { UpstreamTaskError } from "../exceptions.ts";
import { argumentName } from "../function-source.ts";
import { isFuture, type PrefectFuture } from "../futures.ts";
import { processState } from "../process-state.ts";
import { stateError } from "../state-result.ts";
import { isState, type State } from "../states.ts";

/** Deeper than any argument is on purpose; it ends the walk through a chain that has no end. */
const DEEPEST = 200;

export interface InspectedArguments {
  readonly inputs: TaskInputs;
  /** Whether anything must be waited for or unwrapped before the function can be called. */
  readonly needsResolving: boolean;
}

/** A walk through one argument. */
interface Inspection {
  readonly flowRunId: string | undefined;
  readonly found: TaskInput[];
  readonly seen: Set<object>;
  needsResolving: boolean;
}

const noInputs = new WeakMap<readonly string[], Map<number, TaskInputs>>();
const unnamed: readonly string[] = [];

/** `waitFor` counts as an input of its own. */
export function inspectArguments(
  names: readonly string[] | undefined,
  args: readonly unknown[],
  flowRunId: string | undefined,
  waitFor?: Iterable<unknown>,
): InspectedArguments {
  if (waitFor === undefined && args.every(isPlain)) {
    return { inputs: inputsOfPlain(names ?? unnamed, args.length), needsResolving: false };
  }
  const inputs: Record<string, readonly TaskInput[]> = {};
  let needsResolving = false;
  const add = (name: string, value: unknown) => {
    const inspection: Inspection = { flowRunId, found: [], seen: new Set(), needsResolving: false };
    inspect(value, inspection, 0);
    inputs[name] = inspection.found;
    needsResolving ||= inspection.needsResolving;
  };
  args.forEach((value, index) => {
    add(argumentName(names, index), value);
  });
  if (waitFor !== undefined) add("wait_for", [...waitFor]);
  return { inputs, needsResolving };
}

/** The same for a subflow's parameters, which have names. */
export function taskInputsOf(
  parameters: Readonly<Record<string, unknown>>,
  flowRunId: string,
  waitFor?: Iterable<unknown>,
): Record<string, { input_type: "task_run"; id: string }[]> {
  const { inputs } = inspectArguments(Object.keys(parameters), Object.values(parameters), flowRunId, waitFor);
  return Object.fromEntries(
    Object.entries(inputs).map(([name, found]) => [
      name,
      found.flatMap(({ id }) => (id === undefined ? [] : [{ input_type: "task_run" as const, id }])),
    ]),
  );
}

function isPlain(value: unknown): boolean {
  return typeof value !== "object" || value === null;
}

/** Most calls pass nothing to look into: they share one object, which crosses to the thread once per batch. */
function inputsOfPlain(names: readonly string[], count: number): TaskInputs {
  let byCount = noInputs.get(names);
  if (byCount === undefined) {
    byCount = new Map();
    noInputs.set(names, byCount);
  }
  let inputs = byCount.get(count);
  if (inputs === undefined) {
    inputs = Object.fromEntries(Array.from({ length: count }, (_, index) => [argumentName(names, index), []]));
    byCount.set(count, inputs);
  }
  return inputs;
}

function inspect(value: unknown, inspection: Inspection, depth: number): void {
  if (typeof value !== "object" || value === null || depth > DEEPEST || inspection.seen.has(value)) return;
  inspection.seen.add(value);
  if (isFuture(value)) {
    inspection.needsResolving = true;
    inspection.found.push({ input_type: "task_run", id: value.taskRunId });
    return;
  }
  if (isState(value)) {
    inspection.needsResolving = true;
    addOrigin(value, inspection);
    return;
  }
  addOrigin(value, inspection);
  if (isQuote(value)) {
    inspection.needsResolving = true;
    return;
  }
  if (isAllowFailure(value) || isUnmapped(value) || isOpaque(value)) {
    inspection.needsResolving = true;
    inspect(value.value, inspection, depth);
    return;
  }
  for (const member of membersOf(value)) inspect(member, inspection, depth + 1);
}

/** Arrays and plain objects are looked into; an instance of a class keeps to itself. */
function membersOf(value: object): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return isRecord(value) ? Object.values(value) : [];
}

function isRecord(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function addOrigin(value: object, { found, flowRunId }: Inspection): void {
  const origin = isState(value) ? value.origin : processState.origins.get(value);
  if (origin !== undefined && origin.flow_run_id === flowRunId)
    found.push({ input_type: "task_run", id: origin.run_id });
}

/** Remembers which run a result came from, so that passing it on is seen as a dependency. */
export function rememberOrigin(value: unknown, runId: string, flowRunId: string | undefined): void {
  if (typeof value === "object" && value !== null)
    processState.origins.set(value, { run_id: runId, flow_run_id: flowRunId });
}

/**
 * The arguments with futures and states replaced by their results. What holds none of them stays the same object.
 * Rejects with `UpstreamTaskError` when a run that they come from did not complete.
 */
export async function resolveArguments(args: readonly unknown[], waitFor?: Iterable<unknown>): Promise<unknown[]> {
  for (const upstream of waitFor ?? []) await resolve(upstream, false, 0);
  const resolved: unknown[] = [];
  for (const value of args) resolved.push(await resolve(value, false, 0));
  return resolved;
}

async function resolve(value: unknown, allowsFailure: boolean, depth: number): Promise<unknown> {
  if (typeof value !== "object" || value === null || depth > DEEPEST) return value;
  if (isFuture(value)) return resultOf(await finalState(value), allowsFailure);
  if (isState(value)) return resultOf(value, allowsFailure);
  if (isQuote(value)) return value.value;
  if (isAllowFailure(value)) return resolve(value.value, true, depth);
  if (isUnmapped(value)) return resolve(value.value, allowsFailure, depth);
  if (isOpaque(value)) return resolve(value.value, allowsFailure, DEEPEST);
  if (!Array.isArray(value) && !isRecord(value)) return value;
  return resolveMembers(value, allowsFailure, depth);
}

async function resolveMembers(value: object, allowsFailure: boolean, depth: number): Promise<unknown> {
  if (!holdsUpstream(value, new Set(), depth)) return value;
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    for (const item of value) items.push(await resolve(item, allowsFailure, depth + 1));
    return items;
  }
  const members: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) members[key] = await resolve(member, allowsFailure, depth + 1);
  return members;
}

function holdsUpstream(value: unknown, seen: Set<object>, depth: number): boolean {
  if (typeof value !== "object" || value === null || depth > DEEPEST || seen.has(value)) return false;
  seen.add(value);
  if (isFuture(value) || isState(value) || isAllowFailure(value) || isQuote(value)) return true;
  if (isUnmapped(value) || isOpaque(value)) return true;
  return membersOf(value).some((member) => holdsUpstream(member, seen, depth + 1));
}

async function finalState(future: PrefectFuture): Promise<State> {
  await future.wait();
  if (future.state === undefined) throw new UpstreamTaskError(`Upstream task run '${future.taskRunId}' did not end.`);
  return future.state;
}

async function resultOf(state: State, allowsFailure: boolean): Promise<unknown> {
  if (state.isCompleted()) return state.result();
  const isFailure = state.isFailed() || (state.isPending() && state.name === "NotReady");
  if (allowsFailure && isFailure) return stateError(state);
  const runId = state.origin?.run_id ?? state.details?.task_run_id ?? state.details?.flow_run_id;
  throw new UpstreamTaskError(`Upstream task run '${runId}' did not reach a 'COMPLETED' state.`);
}
