/** What makes two runs of a task the same, so that the second can take the result of the first. */

import { InvalidOptionError } from "./exceptions.ts";
import { normalisedSource } from "./function-source.ts";
import { hashValues } from "./hash.ts";

/** What a key can be computed from. */
export interface CacheKeyContext {
  readonly taskKey: string;
  readonly fn: (...args: never[]) => unknown;
  readonly flowRunId: string | undefined;
  readonly taskRunId: string;
  readonly flowParameters: Readonly<Record<string, unknown>> | undefined;
}

/** A task's arguments by the names of its parameters. */
export type CacheInputs = Readonly<Record<string, unknown>>;

type ComputeKey = (context: CacheKeyContext, inputs: CacheInputs) => string | undefined;

const policyBrand = Symbol.for("prefect-ts.cache-policy");

/**
 * A rule that computes a cache key. Policies add up: `INPUTS.plus(TASK_SOURCE)`; `minus` leaves an input out.
 */
export class CachePolicy {
  readonly [policyBrand] = true;
  readonly name: string;
  readonly #parts: readonly ComputeKey[];
  readonly #excluded: ReadonlySet<string>;

  constructor(name: string, parts: readonly ComputeKey[], excluded: ReadonlySet<string> = new Set()) {
    this.name = name;
    this.#parts = parts;
    this.#excluded = excluded;
  }

  /** Both must agree for a hit. */
  plus(other: CachePolicy): CachePolicy {
    return new CachePolicy(
      `${this.name} + ${other.name}`,
      [...this.#parts, ...other.#parts],
      new Set([...this.#excluded, ...other.#excluded]),
    );
  }

  /** Leaves inputs out: runs that differ in them only share a result. */
  minus(...inputs: readonly string[]): CachePolicy {
    return new CachePolicy(`${this.name} - ${inputs.join(", ")}`, this.#parts, new Set([...this.#excluded, ...inputs]));
  }

  /** `undefined` means: do not cache. Throws `HashError` for inputs that cannot be compared. */
  computeKey(context: CacheKeyContext, inputs: CacheInputs): string | undefined {
    const considered = Object.fromEntries(Object.entries(inputs).filter(([name]) => !this.#excluded.has(name)));
    const keys = this.#parts
      .map((compute) => compute(context, considered))
      .filter((key): key is string => key !== undefined);
    if (keys.length === 0) return undefined;
    return keys.length === 1 ? keys[0] : hashValues(keys);
  }

  /** Whether it can ever give a key. */
  get isCaching(): boolean {
    return this.#parts.length > 0;
  }
}

/** The same arguments. */
export const INPUTS = new CachePolicy("INPUTS", [
  (_, inputs) => (Object.keys(inputs).length === 0 ? undefined : hashValues(inputs)),
]);

/** The same source of the task's function, white space aside. A bundler that rewrites the source changes it. */
export const TASK_SOURCE = new CachePolicy("TASK_SOURCE", [({ fn }) => hashValues(normalisedSource(fn))]);

/** The same parameters of the flow run. */
export const FLOW_PARAMETERS = new CachePolicy("FLOW_PARAMETERS", [
  ({ flowParameters }) =>
    flowParameters === undefined || Object.keys(flowParameters).length === 0 ? undefined : hashValues(flowParameters),
]);

/** The same flow run: nothing is reused beyond it. */
export const RUN_ID = new CachePolicy("RUN_ID", [({ flowRunId, taskRunId }) => flowRunId ?? taskRunId]);

/** Nothing is cached. */
export const NO_CACHE = new CachePolicy("NO_CACHE", []);
export const NONE = NO_CACHE;

/** The same arguments and source within the same flow run. */
export const DEFAULT = INPUTS.plus(TASK_SOURCE).plus(RUN_ID);

/** Several policies as one; the same as adding them up. */
export function compound(...policies: readonly CachePolicy[]): CachePolicy {
  return policies.reduce((sum, policy) => sum.plus(policy), NO_CACHE);
}

export function isCachePolicy(value: unknown): value is CachePolicy {
  return typeof value === "object" && value !== null && policyBrand in value;
}

/** What a task's `cachePolicy` may be. */
export function readCachePolicy(value: CachePolicy | readonly CachePolicy[]): CachePolicy {
  if (isCachePolicy(value)) return value;
  if (Array.isArray(value) && value.every(isCachePolicy)) return compound(...value);
  throw new InvalidOptionError("'cachePolicy' must be a cache policy such as INPUTS, or a list of them.");
}

/** Computes a cache key by hand: gets what the policies get, and the arguments by name. */
export type CacheKeyFn = (context: CacheKeyContext, parameters: CacheInputs) => string | undefined | null;

/**
 * A cache key from the task and its arguments: the same task called with equal arguments takes the earlier result, in
 * any flow run.
 *
 * @example
 * ```ts
 * const parse = task({ cacheKeyFn: taskInputHash, cacheExpiration: { hours: 1 } }, async (path: string) => read(path));
 * ```
 */
export function taskInputHash(context: CacheKeyContext, parameters: CacheInputs): string {
  return hashValues([context.taskKey, normalisedSource(context.fn), parameters]);
}
