import type { Instant } from "../../domain/instant.ts";
import { decayed, denialDecayPerSecond } from "../../domain/slot-decay.ts";
import type { Queryable, Transaction } from "../database.ts";
import { fragment, list, sql } from "../sql.ts";
import type { ConcurrencyLimitRow } from "../tables.ts";

export function findConcurrencyLimit(db: Queryable, id: string): Promise<ConcurrencyLimitRow | undefined> {
  return db.get(sql`SELECT * FROM concurrency_limit WHERE id = ${id}`);
}

export function findConcurrencyLimitByName(db: Queryable, name: string): Promise<ConcurrencyLimitRow | undefined> {
  return db.get(sql`SELECT * FROM concurrency_limit WHERE name = ${name}`);
}

export function listConcurrencyLimits(
  db: Queryable,
  page: { limit: number; offset: number },
): Promise<ConcurrencyLimitRow[]> {
  return db.all(sql`SELECT * FROM concurrency_limit ORDER BY name LIMIT ${page.limit} OFFSET ${page.offset}`);
}

/** Names that no limit has are left out. */
export function listConcurrencyLimitsByName(db: Queryable, names: readonly string[]): Promise<ConcurrencyLimitRow[]> {
  return db.all(sql`SELECT * FROM concurrency_limit WHERE name IN (${list(names)}) ORDER BY name`);
}

/**
 * Locks the limits until the transaction ends: whoever changes what is held of a limit comes through here. They are
 * locked in the order of their ids, so that two callers who want the same limits never wait for each other.
 */
export async function listConcurrencyLimitsForUpdate(
  tx: Transaction,
  ids: readonly string[],
): Promise<ConcurrencyLimitRow[]> {
  if (ids.length === 0) return [];
  const lock = fragment(tx.dialect === "postgres" ? "FOR UPDATE" : "");
  return tx.all(sql`SELECT * FROM concurrency_limit WHERE id IN (${list(ids)}) ORDER BY id ${lock}`);
}

/** Throws `ConflictError` when the name is taken. */
export async function insertConcurrencyLimit(tx: Transaction, row: ConcurrencyLimitRow): Promise<void> {
  await tx.insert("concurrency_limit", [row]);
}

export type ConcurrencyLimitChanges = Partial<Omit<ConcurrencyLimitRow, "id" | "created">>;

export async function updateConcurrencyLimit(
  tx: Transaction,
  id: string,
  changes: ConcurrencyLimitChanges,
): Promise<boolean> {
  const columns = Object.entries(changes).filter(([, value]) => value !== undefined);
  if (columns.length === 0) return (await findConcurrencyLimit(tx, id)) !== undefined;
  const changed = await tx.run({
    sql: `UPDATE concurrency_limit SET ${columns.map(([column]) => `"${column}" = ?`).join(", ")} WHERE id = ?`,
    parameters: [...columns.map(([, value]) => value), id],
  });
  return changed === 1;
}

/** Its slots go with it; leases stay, holding less. */
export async function deleteConcurrencyLimit(tx: Transaction, id: string): Promise<boolean> {
  // The anonymous lease of a limit has the limit's id, see concurrency-leases.ts.
  await tx.run(sql`DELETE FROM concurrency_lease WHERE id = ${id} AND is_anonymous = 1`);
  return (await tx.run(sql`DELETE FROM concurrency_limit WHERE id = ${id}`)) === 1;
}

/** Which limits and which waits an answer to a refused caller is computed from. */
export interface Denial {
  readonly limits: readonly ConcurrencyLimitRow[];
  readonly slots: number;
  readonly now: Instant;
  /** The longest wait that is ever asked of a caller, by limit. */
  readonly longestWaitSeconds: (limit: ConcurrencyLimitRow) => number;
}

function decayedDenials(limit: ConcurrencyLimitRow, longestWaitSeconds: number, now: Instant) {
  const perSecond =
    limit.slot_decay_per_second > 0
      ? limit.slot_decay_per_second
      : denialDecayPerSecond(limit.avg_slot_occupancy_seconds, longestWaitSeconds);
  return decayed({ slots: limit.denied_slots, since: limit.denied_at }, perSecond, now);
}

/** Notes that `slots` were denied; answers the limits as they are afterwards. */
export async function updateDeniedSlots(tx: Transaction, denial: Denial): Promise<ConcurrencyLimitRow[]> {
  const rows: ConcurrencyLimitRow[] = [];
  const locked = await listConcurrencyLimitsForUpdate(
    tx,
    denial.limits.map((limit) => limit.id),
  );
  for (const limit of locked) {
    const { slots, since } = decayedDenials(limit, denial.longestWaitSeconds(limit), denial.now);
    const changes = { denied_slots: slots + denial.slots, denied_at: since, updated: denial.now };
    await updateConcurrencyLimit(tx, limit.id, changes);
    rows.push({ ...limit, ...changes });
  }
  return rows;
}
