/**
 * A task's tags are the names of concurrency limits: a run takes a slot of each limit that exists before it begins. That
 * there is none is remembered for a few seconds, because most tags have no limit.
 */
import { ApiError } from "../../client/api-error.ts";
import { currentCompanion } from "../process-companion.ts";
import type { TaskRun } from "../task-run.ts";
import { pause } from "./timeout.ts";

const LEASE_SECONDS = 60;
const RENEW_AFTER_MS = 45_000;
const NO_LIMITS_FOR_MS = 5000;
const DEFAULT_RETRY_SECONDS = 1;
const withoutLimits = new Map<string, number>();

export interface HeldSlots {
  /** The run goes on: says so before the lease runs out. */
  touch(): void;
  release(): Promise<void>;
}

/** Waits until there is a slot of every limit; `undefined` when there are no limits. */
export async function takeTagSlots(run: TaskRun, signal: AbortSignal): Promise<HeldSlots | undefined> {
  const names = run.tags.map((tag) => `tag:${tag}`);
  const key = names.join("\u0000");
  const until = withoutLimits.get(key);
  if (until !== undefined && performance.now() < until) return undefined;
  const leaseId = await takeSlots(names, run.id, signal);
  if (leaseId !== undefined) return holdLease(leaseId);
  withoutLimits.set(key, performance.now() + NO_LIMITS_FOR_MS);
  return undefined;
}

async function takeSlots(names: string[], runId: string, signal: AbortSignal): Promise<string | undefined> {
  const { client } = currentCompanion();
  while (!signal.aborted) {
    try {
      const { lease_id, limits } = await client.concurrency_limits_v2.increment_with_lease({
        names,
        slots: 1,
        mode: "concurrency",
        lease_duration: LEASE_SECONDS,
        holder: { type: "task_run", id: runId },
      });
      return limits.length === 0 ? undefined : lease_id;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // A server of an earlier release has no such route, and no limits of this kind either.
      if (error.status === 404) return undefined;
      if (error.status !== 423) throw error;
      await pause(error.retryAfterSeconds ?? DEFAULT_RETRY_SECONDS, signal);
    }
  }
  return undefined;
}

function holdLease(leaseId: string): HeldSlots {
  const { client } = currentCompanion();
  const renew = () => {
    client.concurrency_limits_v2
      .renew_lease({ lease_id: leaseId, lease_duration: LEASE_SECONDS })
      .catch(() => undefined); // it may have expired; the run goes on all the same
  };
  const timer = setInterval(renew, RENEW_AFTER_MS);
  timer.unref();
  return {
    touch: renew,
    async release() {
      clearInterval(timer);
      await client.concurrency_limits_v2.decrement_with_lease({ lease_id: leaseId }).catch(() => undefined);
    },
  };
}
