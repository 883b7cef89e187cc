import { clampedPoissonInterval } from "../../domain/poisson.ts";
import { claimLease, deleteLease } from "../../storage/queries/concurrency-leases.ts";
import { listConcurrencyLimitsByName } from "../../storage/queries/concurrency-limits.ts";
import { listActiveSlots } from "../../storage/queries/concurrency-slots.ts";
import type { ConcurrencyLimitRow } from "../../storage/tables.ts";
import { abort, proceed, taskRunRule, wait } from "../rule.ts";
import { TAG_LIMIT_PREFIX, tagLimitNames } from "./tag-limits.ts";

/**
 * Tags may have concurrency limits, and a task run takes a slot of each of its tags, or of none. Who finds them taken
 * waits about as long as one is usually held; the jitter keeps those who were refused together from coming back
 * together. A task run holds its slots until it stops running: nobody renews them, so they never expire.
 */
export const secureTagSlots = taskRunRule({
  name: "secure-tag-slots",
  to: ["RUNNING"],
  async before({ tx, run, now, settings }) {
    const names = tagLimitNames(run);
    if (names.length === 0) return proceed();
    const limits = (await listConcurrencyLimitsByName(tx, names)).filter((limit) => limit.active === 1);
    if (limits.length === 0) return proceed();
    const closed = limits.find((limit) => limit.limit === 0);
    if (closed !== undefined) {
      return abort(`The concurrency limit of tag "${tagOf(closed)}" is 0: no task with it can ever run.`);
    }
    const limitIds = limits.map((limit) => limit.id);
    const holder = { type: "task_run", id: run.id };
    const leaseId = await claimLease(tx, { limitIds, slots: 1, now, expiration: null, holder });
    if (leaseId !== undefined) return proceed({ memo: leaseId });

    const active = await listActiveSlots(tx, limits, now);
    const shareTaken = (limit: ConcurrencyLimitRow) => (active.get(limit.id) ?? 0) / limit.limit;
    const fullest = limits.reduce((worst, limit) => (shareTaken(limit) > shareTaken(worst) ? limit : worst));
    const longest = settings.tagSlotWaitSeconds;
    const average = Math.min(fullest.avg_slot_occupancy_seconds || longest, longest);
    const tags = limits.map(tagOf).join(", ");
    return wait(Math.round(clampedPoissonInterval(average)), `All slots are taken of a tag in: ${tags}.`);
  },
  async undone({ tx, now, memo }) {
    if (memo !== undefined) await deleteLease(tx, { id: memo, now });
    return undefined;
  },
});

function tagOf(limit: ConcurrencyLimitRow): string {
  return limit.name.slice(TAG_LIMIT_PREFIX.length);
}
