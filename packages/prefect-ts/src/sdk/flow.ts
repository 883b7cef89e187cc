import { currentContext } from "./context.ts";
import { runFlow } from "./engine/flow-run-engine.ts";
import { InvalidOptionError } from "./exceptions.ts";
import type { FlowOptions } from "./flow-options.ts";
import { callingFile, FlowSpec } from "./flow-spec.ts";
import type { InferInput, InferOutput, StandardSchema } from "./parameters.ts";
import { ResultValue } from "./state-result.ts";
import type { State } from "./states.ts";
import type { UpstreamArgs } from "./task.ts";
import type { AnyFunction } from "./task-spec.ts";

const flowBrand = Symbol.for("prefect-ts.flow");

/** A function whose every call is a flow run. */
export interface Flow<Args extends unknown[] = never[], Result = unknown, FnArgs extends unknown[] = Args> {
  /** Runs the flow; inside another flow it is a subflow. Throws what the flow threw when its attempts are spent. */
  (...args: UpstreamArgs<Args>): Promise<Result>;
  /** The function itself: no run, no server. */
  readonly fn: (...args: FnArgs) => Result | Promise<Result>;
  readonly name: string;
  readonly spec: FlowSpec;
  /** Runs the flow and gives its final state; a failure is a state too, and nothing is thrown. */
  state(...args: UpstreamArgs<Args>): Promise<State<Result>>;
  /** The same flow with some options changed, for one call or for many. */
  withOptions(options: FlowOptions): Flow<Args, Result, FnArgs>;
}

type NamedArgs<Schema extends StandardSchema> =
  Record<never, never> extends InferInput<Schema>
    ? [parameters?: InferInput<Schema>]
    : [parameters: InferInput<Schema>];

/**
 * Turns a function into a flow: each call becomes a run with a state, logs and retries you can watch.
 *
 * The function itself is unchanged and stays testable: `greet.fn("Ada")` calls it without a server.
 *
 * With `parameters`, a schema, the function takes one object, checked before each run.
 *
 * @example
 * ```ts
 * const greet = flow({ name: "greet", retries: 2, retryDelaySeconds: 5 }, async (name: string) => `Hello, ${name}`);
 * await greet("Ada");
 * ```
 */
export function flow<Schema extends StandardSchema, Result>(
  options: FlowOptions & { readonly parameters: Schema },
  fn: (parameters: InferOutput<Schema>) => Result,
): Flow<NamedArgs<Schema>, Awaited<Result>, [parameters: InferOutput<Schema>]>;
export function flow<Args extends unknown[], Result>(fn: (...args: Args) => Result): Flow<Args, Awaited<Result>>;
export function flow<Args extends unknown[], Result>(
  options: (FlowOptions & { readonly parameters?: never }) | string,
  fn: (...args: Args) => Result,
): Flow<Args, Awaited<Result>>;
export function flow(first: unknown, second?: unknown): unknown {
  const file = callingFile(2);
  if (typeof first === "function") return createFlow(new FlowSpec(first as AnyFunction, {}, file));
  const options = typeof first === "string" ? { name: first } : first;
  if (typeof options !== "object" || options === null) {
    throw new InvalidOptionError(`flow() takes options and a function; got ${typeof first}.`);
  }
  return createFlow(new FlowSpec(second as AnyFunction, options, file));
}

export function isFlow(value: unknown): value is Flow {
  return typeof value === "function" && flowBrand in value;
}

function createFlow(spec: FlowSpec): Flow<unknown[], unknown> {
  const call = async (...args: unknown[]) => {
    const state = await runFlow(spec, args, currentContext());
    return state.isCompleted() && state.data instanceof ResultValue ? state.data.value : state.result();
  };
  Object.defineProperty(call, "name", { value: spec.name, configurable: true });
  return Object.assign(call as typeof call & { readonly name: string }, {
    [flowBrand]: true,
    fn: spec.fn as (...args: unknown[]) => unknown,
    spec,
    state: (...args: unknown[]) => runFlow(spec, args, currentContext()),
    withOptions: (options: FlowOptions) =>
      createFlow(new FlowSpec(spec.fn, { ...spec.options, ...options }, spec.file)),
  });
}
