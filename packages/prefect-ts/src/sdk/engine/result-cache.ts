import { newId } from "../../domain/ids.ts";
import { addSeconds, type Instant } from "../../domain/instant.ts";
import { systemClock } from "../../platform/clock.ts";
import type { CacheKeyContext } from "../cache-policies.ts";
import { argumentsByName } from "../function-source.ts";
import { fillTemplate } from "../name-template.ts";
import { findResult, type StoredResult, writeResult } from "../results.ts";
import type { RunLogger } from "../run-logger.ts";
import type { TaskSpec } from "../task-spec.ts";
import { stackOf, summarise } from "./describe-error.ts";

/** Where one task run's result is looked for and kept. */
export interface ResultSlot {
  readonly key: string;
  /** Whether an earlier result may be taken. */
  readonly isShared: boolean;
  readonly expiration: Instant | undefined;
}

/** `undefined` when this run's result is not kept at all. */
export function resultSlot(
  task: TaskSpec,
  context: CacheKeyContext,
  args: readonly unknown[],
  logger: RunLogger,
): ResultSlot | undefined {
  const { plan, options } = task;
  const parameters = argumentsByName(task.fn, args);
  const expiration =
    plan.cacheExpirationSeconds === undefined ? undefined : addSeconds(systemClock.now(), plan.cacheExpirationSeconds);
  try {
    if (options.resultStorageKey !== undefined) {
      const key = fillTemplate(options.resultStorageKey, { ...parameters, parameters });
      return { key, isShared: false, expiration };
    }
    const key =
      plan.cacheKeyFn === undefined
        ? plan.cachePolicy.computeKey(context, parameters)
        : (plan.cacheKeyFn(context, parameters) ?? undefined);
    return { key: fileName(key ?? newId()), isShared: key !== undefined, expiration };
  } catch (error) {
    logger.error(`Error encountered when computing cache key - result will not be persisted.\n${stackOf(error)}`);
    return undefined;
  }
}

/** A key of the user's may have any characters; a file may not. */
function fileName(key: string): string {
  return /^[\w.-]{1,200}$/.test(key) ? key : encodeURIComponent(key).slice(0, 200);
}

export function findCached(slot: ResultSlot): Promise<{ value: unknown; stored: StoredResult } | undefined> {
  return findResult(slot.key, systemClock.now());
}

/** A result that cannot be stored is a warning: the run has done its work. */
export async function keepResult(
  slot: ResultSlot,
  value: unknown,
  logger: RunLogger,
): Promise<StoredResult | undefined> {
  try {
    return await writeResult(slot.key, value, slot.expiration);
  } catch (error) {
    logger.warning(
      `Encountered an error while persisting result: ${summarise(error)} Execution will continue, but the result has not been persisted`,
    );
    return undefined;
  }
}
