import type { ConcurrencyLimit, MinimalConcurrencyLimit } from "../../domain/concurrency-limits.ts";
import type { ConcurrencyLimitRow } from "../tables.ts";
import { time } from "./columns.ts";

/** `activeSlots` is computed from who holds what; the row does not know it. */
export function toConcurrencyLimit(row: ConcurrencyLimitRow, activeSlots: number): ConcurrencyLimit {
  return {
    id: row.id,
    created: time(row.created),
    updated: time(row.updated),
    active: row.active === 1,
    name: row.name,
    limit: row.limit,
    active_slots: Math.trunc(activeSlots),
    slot_decay_per_second: row.slot_decay_per_second,
  };
}

export function toMinimalConcurrencyLimit({ id, name, limit }: ConcurrencyLimitRow): MinimalConcurrencyLimit {
  return { id, name, limit };
}
