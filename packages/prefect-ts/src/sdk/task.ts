import type { AllowFailure, Opaque, Quote, Unmapped } from "./annotations.ts";
import { currentContext } from "./context.ts";
import { mapArguments } from "./engine/map-arguments.ts";
import { TaskRunEngine } from "./engine/task-run-engine.ts";
import { InvalidOptionError, MissingContextError } from "./exceptions.ts";
import { parameterNames } from "./function-source.ts";
import { FutureList, PrefectFuture } from "./futures.ts";
import { ResultValue } from "./state-result.ts";
import type { State } from "./states.ts";
import type { TaskOptions } from "./task-options.ts";
import { TaskSpec } from "./task-spec.ts";

/** A value, or a run whose result it will be; also inside arrays. */
export type Upstream<Value> =
  | Value
  | PrefectFuture<Value>
  | State<Value>
  | AllowFailure<PrefectFuture<Value> | State<Value>>
  | Quote<Value>
  | Opaque<Value>
  | (Value extends readonly (infer Item)[] ? readonly Upstream<Item>[] : never);

/** A task's parameters, each of which may be given by a run. */
export type UpstreamArgs<Args extends readonly unknown[]> = { [Index in keyof Args]: Upstream<Args[Index]> };

/** A parameter of `map`: walked over, unless it is marked `unmapped` or cannot be. */
export type MapArg<Value> =
  | Iterable<Upstream<Value>>
  | PrefectFuture<Iterable<Value>>
  | Unmapped<Upstream<Value>>
  | (Value extends string ? Value : Value extends Iterable<unknown> ? never : Value);

export type MapArgs<Args extends readonly unknown[]> = { [Index in keyof Args]: MapArg<Args[Index]> };

const taskBrand = Symbol.for("prefect-ts.task");

/**
 * A function whose every call is a run: recorded, retried, cached and logged as its options say.
 */
export interface Task<Args extends unknown[] = never[], Result = unknown> {
  /** Runs the task now. Throws what the task threw when its attempts are spent. */
  (...args: UpstreamArgs<Args>): Promise<Result>;
  /** The function itself: no run, no server. */
  readonly fn: (...args: Args) => Result | Promise<Result>;
  readonly name: string;
  readonly spec: TaskSpec;
  /** Runs the task now and gives its final state; a failure is a state too, and nothing is thrown. */
  state(...args: UpstreamArgs<Args>): Promise<State<Result>>;
  /** Starts the task on the flow's task runner and goes on. Only inside flows. */
  submit(...args: UpstreamArgs<Args>): PrefectFuture<Result>;
  /**
   * Starts one run per element: arrays and other iterables are walked in step, `unmapped(x)` and what cannot be walked
   * is the same for all. Only inside flows.
   */
  map(...args: MapArgs<Args>): FutureList<Result>;
  /** The same task with some options changed, for one call or for many. */
  withOptions(options: TaskOptions): Task<Args, Result>;
}

/**
 * Turns a function into a task: each call is a run with a state, retries, a log and a place in the flow run's graph.
 *
 * The function itself is unchanged and stays testable: `add.fn(1, 2)` needs no server.
 *
 * @example
 * ```ts
 * const add = task({ retries: 3, retryDelaySeconds: 10 }, async (a: number, b: number) => a + b);
 * const sum = await add(1, 2); // inside or outside of a flow
 * ```
 */
export function task<Args extends unknown[], Result>(fn: (...args: Args) => Result): Task<Args, Awaited<Result>>;
export function task<Args extends unknown[], Result>(
  options: TaskOptions | string,
  fn: (...args: Args) => Result,
): Task<Args, Awaited<Result>>;
export function task(first: unknown, second?: unknown): unknown {
  if (typeof first === "function") return createTask(new TaskSpec(first as (...args: never[]) => unknown, {}));
  const options = typeof first === "string" ? { name: first } : first;
  if (typeof options !== "object" || options === null) {
    throw new InvalidOptionError(`task() takes options and a function; got ${typeof first}.`);
  }
  return createTask(new TaskSpec(second as (...args: never[]) => unknown, options));
}

export function isTask(value: unknown): value is Task {
  return typeof value === "function" && taskBrand in value;
}

function createTask(spec: TaskSpec): Task<unknown[], unknown> {
  const call = async (...args: unknown[]) => {
    const state = await new TaskRunEngine(spec, args, currentContext()).run();
    const { data } = state;
    return state.type === "COMPLETED" && data instanceof ResultValue ? data.value : state.result();
  };
  Object.defineProperty(call, "name", { value: spec.name, configurable: true });
  return Object.assign(call as typeof call & { readonly name: string }, {
    [taskBrand]: true,
    fn: spec.fn as (...args: unknown[]) => unknown,
    spec,
    state: (...args: unknown[]) => new TaskRunEngine(spec, args, currentContext()).run(),
    submit: (...args: unknown[]) => submit(spec, args),
    map: (...args: unknown[]) => map(spec, args),
    withOptions: (options: TaskOptions) => createTask(new TaskSpec(spec.fn, { ...spec.options, ...options })),
  });
}

function submit(spec: TaskSpec, args: readonly unknown[]): PrefectFuture {
  const context = currentContext();
  if (context.flowRun === undefined) {
    throw new MissingContextError(
      `Unable to determine task runner to use for submission of '${spec.name}'. Call the task itself, or submit it inside a flow.`,
    );
  }
  const engine = new TaskRunEngine(spec, args, context);
  // Asking for a character makes V8 join the pieces an id was made of: a third of the memory of those that wait.
  engine.taskRunId.charCodeAt(0);
  const future = new PrefectFuture(engine.taskRunId);
  engine.future = future;
  context.flowRun.runner.submit(engine);
  return future;
}

function map(spec: TaskSpec, args: readonly unknown[]): FutureList {
  const futures = new FutureList<unknown>();
  for (const elements of mapArguments(parameterNames(spec.fn), args)) futures.push(submit(spec, elements));
  return futures;
}
