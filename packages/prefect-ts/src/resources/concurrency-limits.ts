import type {
  ConcurrencyLimit,
  ConcurrencyLimitCreate,
  ConcurrencyLimitUpdate,
  CreatedConcurrencyLimit,
} from "../domain/concurrency-limits.ts";
import { ConflictError, NotFoundError } from "../domain/errors.ts";
import { isId, newId } from "../domain/ids.ts";
import type { Instant } from "../domain/instant.ts";
import { toConcurrencyLimit } from "../storage/codecs/concurrency-limits.ts";
import type { Database, Queryable, Transaction } from "../storage/database.ts";
import * as queries from "../storage/queries/concurrency-limits.ts";
import { listActiveSlots, updateActiveSlots, updateSlotDecay } from "../storage/queries/concurrency-slots.ts";
import type { ConcurrencyLimitRow } from "../storage/tables.ts";
import { appendLifecycleEvent, type LifecycleEvent } from "./lifecycle-events.ts";
import { pageSize } from "./pages.ts";

/** Seconds a slot is taken to be held before anybody has held one. */
const FIRST_OCCUPANCY_SECONDS = 2;

export function createConcurrencyLimit(
  db: Database,
  limit: ConcurrencyLimitCreate,
  now: Instant,
): Promise<CreatedConcurrencyLimit> {
  return db.write(async (tx) => {
    const row: ConcurrencyLimitRow = {
      id: newId(),
      created: now,
      updated: now,
      name: limit.name,
      active: limit.active ? 1 : 0,
      limit: limit.limit,
      slot_decay_per_second: limit.slot_decay_per_second,
      avg_slot_occupancy_seconds: FIRST_OCCUPANCY_SECONDS,
      denied_slots: limit.denied_slots,
      denied_at: now,
    };
    await queries.insertConcurrencyLimit(tx, row);
    if (limit.active_slots > 0) await updateActiveSlots(tx, row.id, limit.active_slots, now);
    await announce(tx, "created", row, now);
    return {
      ...toConcurrencyLimit(row, limit.active_slots),
      denied_slots: row.denied_slots,
      avg_slot_occupancy_seconds: row.avg_slot_occupancy_seconds,
    };
  });
}

export async function getConcurrencyLimit(db: Queryable, idOrName: string, now: Instant): Promise<ConcurrencyLimit> {
  const row = await getRow(db, idOrName);
  const active = await listActiveSlots(db, [row], now);
  return toConcurrencyLimit(row, active.get(row.id) ?? 0);
}

export async function listConcurrencyLimits(
  db: Queryable,
  page: { limit?: number | null | undefined; offset: number },
  now: Instant,
): Promise<ConcurrencyLimit[]> {
  const rows = await queries.listConcurrencyLimits(db, { limit: pageSize(page.limit), offset: page.offset });
  const active = await listActiveSlots(db, rows, now);
  return rows.map((row) => toConcurrencyLimit(row, active.get(row.id) ?? 0));
}

export async function updateConcurrencyLimit(
  db: Database,
  idOrName: string,
  update: ConcurrencyLimitUpdate,
  now: Instant,
): Promise<void> {
  const empty = Object.entries(update).find(([, value]) => value === null);
  if (empty !== undefined) throw new ConflictError(`A concurrency limit cannot be without ${empty[0]}.`);
  await db.write(async (tx) => {
    const { id } = await getRow(tx, idOrName);
    const { active, name, limit, active_slots, denied_slots, slot_decay_per_second } = update;
    if (slot_decay_per_second != null) await updateSlotDecay(tx, id, slot_decay_per_second, now);
    if (active_slots != null) await updateActiveSlots(tx, id, active_slots, now);
    await queries.updateConcurrencyLimit(tx, id, {
      updated: now,
      ...(active == null ? {} : { active: active ? 1 : 0 }),
      ...(name == null ? {} : { name }),
      ...(limit == null ? {} : { limit }),
      ...(denied_slots == null ? {} : { denied_slots, denied_at: now }),
    });
    await announce(tx, "updated", await getRow(tx, id), now);
  });
}

export async function deleteConcurrencyLimit(db: Database, idOrName: string, now: Instant): Promise<void> {
  await db.write(async (tx) => {
    const row = await getRow(tx, idOrName);
    await queries.deleteConcurrencyLimit(tx, row.id);
    await announce(tx, "deleted", row, now);
  });
}

async function getRow(db: Queryable, idOrName: string): Promise<ConcurrencyLimitRow> {
  const row = isId(idOrName)
    ? await queries.findConcurrencyLimit(db, idOrName.toLowerCase())
    : await queries.findConcurrencyLimitByName(db, idOrName);
  if (row === undefined) throw new NotFoundError("Concurrency limit", idOrName);
  return row;
}

function announce(tx: Transaction, action: LifecycleEvent["action"], row: ConcurrencyLimitRow, now: Instant) {
  const { id, name, limit, active, slot_decay_per_second } = row;
  const payload = JSON.stringify({ name, limit, active: active === 1, slot_decay_per_second });
  return appendLifecycleEvent(tx, { kind: "concurrency-limit", action, id, name, payload, now });
}
