import { InvalidOptionError } from "./exceptions.ts";

/** More delays than this are a mistake, as in Prefect. */
const MOST_DELAYS = 50;

/** Seconds before each retry; one number for all, one per retry (the last one repeats), or made from their number. */
export type RetryDelay = number | readonly number[] | ((retries: number) => readonly number[]);

/**
 * Delays that double: `factor`, `factor * 2`, `factor * 4`, … seconds.
 *
 * @example
 * ```ts
 * const fetchPage = task({ retries: 3, retryDelaySeconds: exponentialBackoff(10) }, async (url: string) => fetch(url));
 * ```
 */
export function exponentialBackoff(factor: number): (retries: number) => readonly number[] {
  if (!(factor >= 0)) throw new InvalidOptionError(`exponentialBackoff needs a factor of at least 0; got ${factor}.`);
  return (retries) => Array.from({ length: Math.min(retries, MOST_DELAYS) }, (_, retry) => factor * 2 ** retry);
}

/** A number or a list of numbers, checked. */
export function resolveDelays(retries: number, delay: RetryDelay): number | readonly number[] {
  const delays = typeof delay === "function" ? delay(retries) : delay;
  const list = typeof delays === "number" ? [delays] : delays;
  if (!Array.isArray(list) || list.some((seconds) => typeof seconds !== "number" || !(seconds >= 0))) {
    throw new InvalidOptionError(
      "'retryDelaySeconds' must be a number of seconds, a list of them, or a function that makes one.",
    );
  }
  if (list.length > MOST_DELAYS) {
    throw new InvalidOptionError(`Can not configure more than ${MOST_DELAYS} retry delays per task.`);
  }
  return delays;
}

/** Seconds before retry number `retry`, counted from 0. */
export function delayBeforeRetry(
  delays: number | readonly number[],
  retry: number,
  jitterFactor: number | undefined,
  random: () => number = Math.random,
): number {
  const seconds = typeof delays === "number" ? delays : (delays[Math.min(retry, delays.length - 1)] ?? 0);
  if (jitterFactor === undefined || jitterFactor === 0) return seconds;
  return stretched(seconds, jitterFactor, random);
}

/** Never less than the delay, at most `1 + factor` times it; most often near the delay, as independent clients want. */
function stretched(seconds: number, factor: number, random: () => number): number {
  const exponential = -Math.log(1 - random() * (1 - Math.exp(-factor)));
  return seconds * (1 + Math.min(exponential, factor));
}
