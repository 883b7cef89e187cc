import { newId } from "../../domain/ids.ts";
import { type Instant, secondsBetween } from "../../domain/instant.ts";
import { averageOccupancy } from "../../domain/slot-decay.ts";
import type { Queryable, Transaction } from "../database.ts";
import { list, sql } from "../sql.ts";
import type { ConcurrencyLeaseRow, ConcurrencyLimitRow } from "../tables.ts";
import { listConcurrencyLimitsForUpdate, updateConcurrencyLimit } from "./concurrency-limits.ts";
import { claimSlots, deleteSlots } from "./concurrency-slots.ts";

/**
 * A lease is a hold on slots that ends by itself. Its slots are rows that refer to it (concurrency-slots.ts), so
 * deleting it frees them. Who holds one keeps it by renewing it; who is dead does not, and after `expiration` the slots
 * go to whoever asks next.
 */

export interface LeaseHolder {
  readonly type: string;
  readonly id: string;
}

export interface LeaseClaim {
  readonly limitIds: readonly string[];
  readonly slots: number;
  readonly now: Instant;
  /** Null never expires. */
  readonly expiration: Instant | null;
  readonly holder: LeaseHolder | null;
}

/** Takes slots of all active limits under one new lease; answers its id, or undefined when any limit is short. */
export async function claimLease(tx: Transaction, claim: LeaseClaim): Promise<string | undefined> {
  const row: ConcurrencyLeaseRow = {
    id: newId(),
    created: claim.now,
    expiration: claim.expiration,
    is_anonymous: 0,
    holder_type: claim.holder?.type ?? null,
    holder_id: claim.holder?.id ?? null,
  };
  await tx.insert("concurrency_lease", [row]);
  const { limitIds, slots, now } = claim;
  if (await claimSlots(tx, { limitIds, slots, now, leaseId: row.id })) return row.id;
  await tx.run(sql`DELETE FROM concurrency_lease WHERE id = ${row.id}`);
  return undefined;
}

export function findLease(db: Queryable, id: string): Promise<ConcurrencyLeaseRow | undefined> {
  return db.get(sql`SELECT * FROM concurrency_lease WHERE id = ${id} AND is_anonymous = 0`);
}

/** Renews a lease; false when it has ended. One that is overdue and was not yet taken away is renewed all the same. */
export async function updateLeaseExpiration(tx: Transaction, id: string, expiration: Instant): Promise<boolean> {
  const changed = await tx.run(
    sql`UPDATE concurrency_lease SET expiration = ${expiration} WHERE id = ${id} AND is_anonymous = 0`,
  );
  return changed === 1;
}

/** Turns a lease that its holder cannot renew into a hold without end: only `deleteLease` frees its slots. */
export async function updateLeaseToAnonymous(tx: Transaction, id: string): Promise<void> {
  await tx.run(sql`UPDATE concurrency_lease SET expiration = NULL, is_anonymous = 1 WHERE id = ${id}`);
}

export interface EndedLease {
  readonly id: string;
  readonly now: Instant;
  /** Counts how long the slots were held into the average that waits are computed from. */
  readonly isOccupancyCounted?: boolean;
  /** Leaves a lease alone that was renewed since it was found to have expired. */
  readonly isOnlyIfExpired?: boolean;
}

interface HeldByLease {
  readonly concurrency_limit_id: string;
  readonly slots: number;
}

/** Ends a lease and frees its slots; false when it has ended before. */
export async function deleteLease(tx: Transaction, ended: EndedLease): Promise<boolean> {
  const { id, now } = ended;
  const held = await tx.all<HeldByLease>(
    sql`SELECT concurrency_limit_id, slots FROM concurrency_slot WHERE lease_id = ${id} AND concurrency_limit_id <> ${id}`,
  );
  const limits = await listConcurrencyLimitsForUpdate(
    tx,
    held.map((slot) => slot.concurrency_limit_id),
  );
  const stillExpired = ended.isOnlyIfExpired === true ? sql`AND expiration <= ${now}` : sql``;
  // The lease with a limit's own id is that limit's bucket, not a lease of anybody's.
  const lease = await tx.get<{ created: Instant }>(sql`
    DELETE FROM concurrency_lease WHERE id = ${id} AND NOT EXISTS (SELECT 1 FROM concurrency_limit WHERE id = ${id})
    ${stillExpired} RETURNING created`);
  if (lease === undefined) return false;
  for (const limit of limits) {
    const slots = held.find((slot) => slot.concurrency_limit_id === limit.id)?.slots ?? 0;
    if (limit.slot_decay_per_second > 0) await deleteSlots(tx, [limit.id], slots, now);
    if (ended.isOccupancyCounted === true) {
      await updateOccupancy(tx, limit, secondsBetween(lease.created, now), slots, now);
    }
  }
  return true;
}

/** Counts one more holder into the average time that slots of a limit are held. */
export async function updateOccupancy(
  tx: Transaction,
  limit: ConcurrencyLimitRow,
  heldSeconds: number,
  slots: number,
  now: Instant,
): Promise<void> {
  const average = averageOccupancy(limit.avg_slot_occupancy_seconds, limit.limit, heldSeconds, slots);
  await updateConcurrencyLimit(tx, limit.id, { avg_slot_occupancy_seconds: average, updated: now });
}

/** Leases whose holders have not renewed them in time, the longest overdue first. */
export async function listExpiredLeaseIds(db: Queryable, now: Instant, limit: number): Promise<string[]> {
  const rows = await db.all<{ id: string }>(
    sql`SELECT id FROM concurrency_lease WHERE expiration <= ${now} ORDER BY expiration LIMIT ${limit}`,
  );
  return rows.map((row) => row.id);
}

export interface HeldLease {
  readonly lease_id: string;
  readonly concurrency_limit_id: string;
  readonly slots: number;
  readonly holder_type: string | null;
  readonly holder_id: string | null;
}

/** Who holds slots of these limits under a lease that is still good. */
export function listLeasesByLimit(db: Queryable, limitIds: readonly string[], now: Instant): Promise<HeldLease[]> {
  return db.all(sql`
    SELECT slot.lease_id, slot.concurrency_limit_id, slot.slots, lease.holder_type, lease.holder_id
    FROM concurrency_slot slot JOIN concurrency_lease lease ON lease.id = slot.lease_id
    WHERE slot.concurrency_limit_id IN (${list(limitIds)}) AND lease.is_anonymous = 0
      AND (lease.expiration IS NULL OR lease.expiration > ${now})
    ORDER BY lease.created, lease.id`);
}

/** The lease under which a holder holds slots of a limit, whoever may renew it. */
export async function findLeaseIdByHolder(
  db: Queryable,
  holder: LeaseHolder,
  limitId: string,
): Promise<string | undefined> {
  const row = await db.get<{ id: string }>(sql`
    SELECT lease.id FROM concurrency_lease lease
    JOIN concurrency_slot slot ON slot.lease_id = lease.id
    WHERE lease.holder_id = ${holder.id} AND lease.holder_type = ${holder.type}
      AND slot.concurrency_limit_id = ${limitId}
    ORDER BY lease.created, lease.id LIMIT 1`);
  return row?.id;
}

/** The leases of a holder on limits whose names begin so (`tag:`). */
export async function listLeaseIdsByHolder(db: Queryable, holder: LeaseHolder, namePrefix: string): Promise<string[]> {
  const rows = await db.all<{ id: string }>(sql`
    SELECT DISTINCT lease.id FROM concurrency_lease lease
    JOIN concurrency_slot slot ON slot.lease_id = lease.id
    JOIN concurrency_limit ON concurrency_limit.id = slot.concurrency_limit_id
    WHERE lease.holder_id = ${holder.id} AND lease.holder_type = ${holder.type}
      AND concurrency_limit.name LIKE ${`${namePrefix}%`}`);
  return rows.map((row) => row.id);
}
