import type {
  Decrement,
  Increment,
  IncrementWithLease,
  MinimalConcurrencyLimit,
} from "../domain/concurrency-limits.ts";
import { GoneError, InvalidInputError, LockedError } from "../domain/errors.ts";
import { addSeconds, type Instant } from "../domain/instant.ts";
import { clampedPoissonInterval } from "../domain/poisson.ts";
import { toMinimalConcurrencyLimit } from "../storage/codecs/concurrency-limits.ts";
import type { Database, Transaction } from "../storage/database.ts";
import {
  claimLease,
  deleteLease,
  updateLeaseExpiration,
  updateOccupancy,
} from "../storage/queries/concurrency-leases.ts";
import { listConcurrencyLimitsByName, updateDeniedSlots } from "../storage/queries/concurrency-limits.ts";
import { claimSlots, deleteSlots } from "../storage/queries/concurrency-slots.ts";
import type { ConcurrencyLimitRow } from "../storage/tables.ts";

/** The longest waits that a caller is asked for, by the kind of limit. */
export interface SlotWaits {
  readonly tagSeconds: number;
  readonly otherSeconds: number;
}

/** What was granted; without `leaseId` nothing was, and `limits` are those that stand in the way. */
interface Attempt {
  readonly isGranted: boolean;
  readonly leaseId?: string;
  readonly limits: readonly ConcurrencyLimitRow[];
}

/** Takes slots of all the named limits or of none. Throws `LockedError` when they are taken: ask again later. */
export async function takeSlots(
  db: Database,
  request: Increment,
  waits: SlotWaits,
  now: Instant,
): Promise<MinimalConcurrencyLimit[]> {
  const { limits } = await attempt(db, request, waits, now, async (tx, limitIds) => {
    const isGranted = await claimSlots(tx, { limitIds, slots: request.slots, now, leaseId: null });
    return { isGranted };
  });
  return limits.map(toMinimalConcurrencyLimit);
}

/** The same for `lease_duration` seconds, after which the slots are free again unless the lease was renewed. */
export async function takeSlotsWithLease(
  db: Database,
  request: IncrementWithLease,
  waits: SlotWaits,
  now: Instant,
): Promise<{ lease_id: string; limits: MinimalConcurrencyLimit[] }> {
  const { slots, holder = null } = request;
  const expiration = addSeconds(now, request.lease_duration);
  const { limits, leaseId } = await attempt(db, request, waits, now, async (tx, limitIds) => {
    const claimed = await claimLease(tx, { limitIds, slots, now, expiration, holder });
    return claimed === undefined ? { isGranted: false } : { isGranted: true, leaseId: claimed };
  });
  if (leaseId === undefined) throw new Error("A granted lease has an id");
  return { lease_id: leaseId, limits: limits.map(toMinimalConcurrencyLimit) };
}

async function attempt(
  db: Database,
  request: Increment | IncrementWithLease,
  waits: SlotWaits,
  now: Instant,
  claim: (tx: Transaction, limitIds: readonly string[]) => Promise<Omit<Attempt, "limits">>,
): Promise<Attempt> {
  const outcome = await db.write(async (tx): Promise<Attempt> => {
    const limits = await listConcurrencyLimitsByName(tx, request.names);
    const active = limits.filter((limit) => limit.active === 1);
    refuseImpossible(active, request);
    const claimed = await claim(
      tx,
      active.map((limit) => limit.id),
    );
    if (claimed.isGranted) return { ...claimed, limits };
    const longestWaitSeconds = (limit: ConcurrencyLimitRow) => longestWaitOf(limit, waits);
    return {
      ...claimed,
      limits: await updateDeniedSlots(tx, { limits: active, slots: request.slots, now, longestWaitSeconds }),
    };
  });
  // Thrown after the commit: the denial is to be remembered.
  if (!outcome.isGranted) throw locked(outcome.limits, request.slots, waits);
  return outcome;
}

function refuseImpossible(active: readonly ConcurrencyLimitRow[], request: Increment | IncrementWithLease): void {
  const tooSmall = active.find((limit) => limit.limit < request.slots);
  if (tooSmall !== undefined) {
    throw new InvalidInputError(
      `Slots requested is greater than the limit: ${request.slots} of '${tooSmall.name}', which has ${tooSmall.limit}.`,
    );
  }
  if (request.mode !== "rate_limit") return;
  const steady = active.filter((limit) => limit.slot_decay_per_second === 0).map((limit) => `'${limit.name}'`);
  if (steady.length > 0) {
    throw new InvalidInputError(
      `Only limits with slot decay can be used for rate limiting: give ${steady.join(", ")} a slot_decay_per_second.`,
    );
  }
}

function longestWaitOf(limit: ConcurrencyLimitRow, waits: SlotWaits): number {
  return limit.name.startsWith("tag:") ? waits.tagSeconds : waits.otherSeconds;
}

/** How long to wait follows from the limit with the longest queue before it. `denied_slots` has this denial in it. */
function locked(limits: readonly ConcurrencyLimitRow[], slots: number, waits: SlotWaits): LockedError {
  let queue = 0;
  let averageSeconds = 0;
  for (const limit of limits) {
    const isDecaying = limit.slot_decay_per_second > 0;
    const ahead = isDecaying ? limit.denied_slots : limit.denied_slots / limit.limit;
    if (ahead < queue) continue;
    queue = ahead;
    const cap = longestWaitOf(limit, waits);
    averageSeconds = isDecaying
      ? ahead / limit.slot_decay_per_second
      : Math.min(Math.min(limit.avg_slot_occupancy_seconds, cap) * ahead, cap);
  }
  return new LockedError(`${slots} slots are not free now`, clampedPoissonInterval(averageSeconds));
}

export function releaseSlots(db: Database, request: Decrement, now: Instant): Promise<MinimalConcurrencyLimit[]> {
  const { names, slots, occupancy_seconds } = request;
  return db.write(async (tx) => {
    const limits = await listConcurrencyLimitsByName(tx, names);
    const active = limits.filter((limit) => limit.active === 1);
    await deleteSlots(
      tx,
      active.map((limit) => limit.id),
      slots,
      now,
    );
    if (occupancy_seconds != null) {
      for (const limit of active) await updateOccupancy(tx, limit, occupancy_seconds, slots, now);
    }
    return limits.map(toMinimalConcurrencyLimit);
  });
}

/** A lease that has ended before is no error: its slots are free, which is what was asked for. */
export async function releaseLease(db: Database, id: string, now: Instant): Promise<void> {
  await db.write((tx) => deleteLease(tx, { id, now, isOccupancyCounted: true }));
}

/** Throws `GoneError` when the lease has ended: its slots may be someone else's by now. */
export async function renewLease(db: Database, id: string, durationSeconds: number, now: Instant): Promise<void> {
  const isRenewed = await db.write((tx) => updateLeaseExpiration(tx, id, addSeconds(now, durationSeconds)));
  if (!isRenewed) throw new GoneError(`The lease ${id} has expired or was released; its slots must be taken again.`);
}
