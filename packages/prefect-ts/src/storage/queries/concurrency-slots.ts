import type { Instant } from "../../domain/instant.ts";
import { decayed } from "../../domain/slot-decay.ts";
import type { Queryable, Transaction } from "../database.ts";
import { list, sql } from "../sql.ts";
import type { ConcurrencyLimitRow, ConcurrencySlotRow } from "../tables.ts";
import { listConcurrencyLimitsForUpdate, updateConcurrencyLimit } from "./concurrency-limits.ts";

/**
 * What is held of a limit is computed from slot rows, never counted beside them.
 *
 * Each lease has a row per limit with the slots it holds. Beside them a limit may have one row of its own, its bucket,
 * which belongs to an anonymous lease with the limit's id: slots that were taken without a lease. A limit that decays
 * is its bucket alone: what leases take is added to it, and their own rows only remember how much to give back early.
 */
interface HeldSlots {
  readonly leased: number;
  readonly bucket: number;
  readonly bucketSince: Instant | null;
}

const NOTHING: HeldSlots = { leased: 0, bucket: 0, bucketSince: null };

async function listHeldSlots(db: Queryable, limitIds: readonly string[]): Promise<Map<string, HeldSlots>> {
  const rows = await db.all<HeldSlots & { id: string; since: Instant | null }>(sql`
    SELECT concurrency_limit_id AS id,
      SUM(CASE WHEN lease_id = concurrency_limit_id THEN 0 ELSE slots END) AS leased,
      SUM(CASE WHEN lease_id = concurrency_limit_id THEN slots ELSE 0 END) AS bucket,
      MAX(CASE WHEN lease_id = concurrency_limit_id THEN decayed_at END) AS since
    FROM concurrency_slot WHERE concurrency_limit_id IN (${list(limitIds)}) GROUP BY concurrency_limit_id`);
  return new Map(rows.map(({ id, leased, bucket, since }) => [id, { leased, bucket, bucketSince: since }]));
}

function bucketOf(limit: ConcurrencyLimitRow, held: HeldSlots, now: Instant) {
  return decayed({ slots: held.bucket, since: held.bucketSince ?? now }, limit.slot_decay_per_second, now);
}

function activeOf(limit: ConcurrencyLimitRow, held: HeldSlots, now: Instant): number {
  const { slots } = bucketOf(limit, held, now);
  return limit.slot_decay_per_second > 0 ? slots : slots + held.leased;
}

/** How many slots are taken, by the id of the limit. */
export async function listActiveSlots(
  db: Queryable,
  limits: readonly ConcurrencyLimitRow[],
  now: Instant,
): Promise<Map<string, number>> {
  if (limits.length === 0) return new Map();
  const held = await listHeldSlots(
    db,
    limits.map((limit) => limit.id),
  );
  return new Map(limits.map((limit) => [limit.id, activeOf(limit, held.get(limit.id) ?? NOTHING, now)]));
}

export interface SlotClaim {
  readonly limitIds: readonly string[];
  readonly slots: number;
  readonly now: Instant;
  /** The lease the slots belong to, which must be stored already; null takes them without one. */
  readonly leaseId: string | null;
}

/**
 * Takes `slots` of each limit that is active, or none at all; answers whether they were taken. The limits stay locked
 * until the transaction ends, so that no two callers take the same slot. An expired lease is in nobody's way: when
 * slots are short, such leases on these limits end here rather than at the reaper's next round.
 */
export async function claimSlots(tx: Transaction, claim: SlotClaim): Promise<boolean> {
  const limits = (await listConcurrencyLimitsForUpdate(tx, claim.limitIds)).filter((limit) => limit.active === 1);
  if (limits.length === 0) return true;
  let held = await listHeldSlots(tx, claim.limitIds);
  const isShort = () =>
    limits.some((limit) => activeOf(limit, held.get(limit.id) ?? NOTHING, claim.now) + claim.slots > limit.limit);
  if (isShort()) {
    if ((await deleteExpiredSlots(tx, limits, claim.now)) === 0) return false;
    held = await listHeldSlots(tx, claim.limitIds);
    if (isShort()) return false;
  }
  for (const limit of limits) {
    const bucket = bucketOf(limit, held.get(limit.id) ?? NOTHING, claim.now);
    if (claim.leaseId === null || limit.slot_decay_per_second > 0) {
      await updateBucket(tx, limit.id, bucket.slots + claim.slots, bucket.since, claim.now);
    }
  }
  if (claim.leaseId !== null) await insertLeasedSlots(tx, claim.leaseId, limits, claim);
  return true;
}

async function insertLeasedSlots(
  tx: Transaction,
  leaseId: string,
  limits: readonly ConcurrencyLimitRow[],
  claim: SlotClaim,
): Promise<void> {
  const rows: ConcurrencySlotRow[] = limits.map((limit) => ({
    lease_id: leaseId,
    concurrency_limit_id: limit.id,
    slots: claim.slots,
    decayed_at: claim.now,
  }));
  await tx.insert("concurrency_slot", rows);
}

/** Slots of a decaying limit free themselves; expired leases of it are left to the reaper. */
async function deleteExpiredSlots(tx: Transaction, limits: readonly ConcurrencyLimitRow[], now: Instant) {
  const ids = limits.filter((limit) => limit.slot_decay_per_second === 0).map((limit) => limit.id);
  if (ids.length === 0) return 0;
  const expired = await tx.all<{ id: string }>(sql`
    SELECT DISTINCT lease.id FROM concurrency_lease lease
    JOIN concurrency_slot slot ON slot.lease_id = lease.id
    WHERE slot.concurrency_limit_id IN (${list(ids)}) AND lease.expiration <= ${now}
      AND NOT EXISTS (SELECT 1 FROM concurrency_slot other JOIN concurrency_limit ON concurrency_limit.id = other.concurrency_limit_id
        WHERE other.lease_id = lease.id AND concurrency_limit.slot_decay_per_second > 0)`);
  if (expired.length === 0) return 0;
  return tx.run(sql`DELETE FROM concurrency_lease WHERE id IN (${list(expired.map((lease) => lease.id))})`);
}

/** Gives back slots that were taken without a lease, or early ones of a decaying limit; never below none. */
export async function deleteSlots(
  tx: Transaction,
  limitIds: readonly string[],
  slots: number,
  now: Instant,
): Promise<void> {
  const limits = await listConcurrencyLimitsForUpdate(tx, limitIds);
  const held = await listHeldSlots(tx, limitIds);
  for (const limit of limits) {
    const bucket = bucketOf(limit, held.get(limit.id) ?? NOTHING, now);
    if (limit.active === 0 || bucket.slots === 0) continue;
    await updateBucket(tx, limit.id, Math.max(0, bucket.slots - slots), bucket.since, now);
  }
}

async function updateBucket(tx: Transaction, limitId: string, slots: number, since: Instant, now: Instant) {
  const lease = { id: limitId, created: now, expiration: null, is_anonymous: 1 as const };
  await tx.insert("concurrency_lease", [{ ...lease, holder_type: null, holder_id: null }], "ignore");
  await tx.insert(
    "concurrency_slot",
    [{ lease_id: limitId, concurrency_limit_id: limitId, slots, decayed_at: since }],
    { key: ["concurrency_limit_id", "lease_id"], update: ["slots", "decayed_at"] },
  );
}

/** Says by decree how many slots are taken: leases on the limit hold nothing of it any more. */
export async function updateActiveSlots(tx: Transaction, limitId: string, slots: number, now: Instant): Promise<void> {
  await listConcurrencyLimitsForUpdate(tx, [limitId]);
  await tx.run(sql`DELETE FROM concurrency_slot WHERE concurrency_limit_id = ${limitId} AND lease_id <> ${limitId}`);
  await updateBucket(tx, limitId, slots, now, now);
}

/** Changes how fast slots free themselves; as many are taken afterwards as before. */
export async function updateSlotDecay(tx: Transaction, limitId: string, perSecond: number, now: Instant) {
  const [limit] = await listConcurrencyLimitsForUpdate(tx, [limitId]);
  if (limit === undefined || limit.slot_decay_per_second === perSecond) return;
  const held = (await listHeldSlots(tx, [limitId])).get(limitId) ?? NOTHING;
  const active = activeOf(limit, held, now);
  const bucket = perSecond > 0 ? active : Math.max(0, active - held.leased);
  await updateBucket(tx, limitId, bucket, now, now);
  await updateConcurrencyLimit(tx, limitId, { slot_decay_per_second: perSecond, updated: now });
}
