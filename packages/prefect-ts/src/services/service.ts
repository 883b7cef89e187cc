/**
 * The contract of all background work: one file per service, `runOnce()` does a round and says what it did, the loop
 * calls it again after the interval. A round that throws is logged and the next one comes all the same.
 */
import { setTimeout as sleepFor } from "node:timers/promises";
import type { Clock } from "../platform/clock.ts";
import type { Logger } from "../platform/logger.ts";
import type { Settings } from "../platform/settings/settings.ts";
import type { Database } from "../storage/database.ts";

export interface ServiceContext {
  readonly db: Database;
  readonly clock: Clock;
  readonly settings: Settings;
  readonly logger: Logger;
  /** Waits, and rejects when the signal is aborted. Default: real time; tests hand in a clock of their own. */
  readonly sleep?: Sleep;
}

export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

export interface Round {
  /** How many things this round did something to. */
  readonly done: number;
  /** There is more of it, so the next round follows at once. */
  readonly again?: boolean;
}

export interface Service {
  readonly name: string;
  runOnce(): Promise<Round>;
  /** Begins the loop; the first round runs at once. Does nothing when it runs already. */
  start(): void;
  /** Resolves when the round that is running, if any, has ended. It can be started again. */
  stop(): Promise<void>;
}

const realSleep: Sleep = (ms, signal) => sleepFor(ms, undefined, { signal, ref: false });

export function periodicService(
  context: ServiceContext,
  name: string,
  intervalMs: number,
  runOnce: () => Promise<Round>,
): Service {
  const { logger, sleep = realSleep } = context;
  let running: { readonly end: AbortController; readonly ended: Promise<void> } | undefined;

  async function loop(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      let again = false;
      try {
        again = (await runOnce()).again === true;
      } catch (error) {
        logger.error(`The service ${name} failed a round and tries again in ${intervalMs / 1000} s`, error);
      }
      if (!again && !signal.aborted) await sleep(intervalMs, signal).catch(() => undefined);
    }
  }

  return {
    name,
    runOnce,
    start() {
      if (running !== undefined) return;
      const end = new AbortController();
      running = { end, ended: loop(end.signal) };
    },
    async stop() {
      const { end, ended } = running ?? {};
      running = undefined;
      end?.abort();
      await ended;
    },
  };
}
