import { currentContext, runInContext } from "./context.ts";

/**
 * Runs a function so that every flow and task run that it starts gets these tags too.
 *
 * @example
 * ```ts
 * await withTags(["nightly"], () => etl(10));
 * ```
 */
export function withTags<Result>(tags: readonly string[], fn: () => Result): Result {
  const context = currentContext();
  return runInContext({ ...context, tags: [...new Set([...context.tags, ...tags])] }, fn);
}
