import { type Instant, MICROSECONDS_PER_SECOND } from "./instant.ts";

/** Slots of which one frees itself every `1 / perSecond` seconds since `since`. */
export interface DecayingSlots {
  readonly slots: number;
  readonly since: Instant;
}

/**
 * What is left at `now`. Only whole slots free themselves, and the part of a slot that has passed stays in `since`:
 * asking more often than the rate must not stop the decay.
 */
export function decayed({ slots, since }: DecayingSlots, perSecond: number, now: Instant): DecayingSlots {
  if (slots <= 0) return { slots: 0, since: now };
  if (perSecond <= 0 || now <= since) return { slots, since };
  const freed = Math.floor(((now - since) / MICROSECONDS_PER_SECOND) * perSecond);
  if (freed >= slots) return { slots: 0, since: now };
  if (freed === 0) return { slots, since };
  return {
    slots: slots - freed,
    since: (since + Math.round((freed / perSecond) * MICROSECONDS_PER_SECOND)) as Instant,
  };
}

/** Below this the wait computed from an average would be none at all. */
const SHORTEST_OCCUPANCY_SECONDS = 0.1;
/** The average is one over the last `2 * limit` holders. */
const SAMPLES_PER_SLOT = 2;

/** The average seconds a slot is held, after one more holder of `slots` slots has left. */
export function averageOccupancy(average: number, limit: number, heldSeconds: number, slots: number): number {
  if (limit <= 0) return average;
  const perSlot = Math.max(heldSeconds / slots, SHORTEST_OCCUPANCY_SECONDS);
  return average + (perSlot - average) / (limit * SAMPLES_PER_SLOT);
}

/** How many denied slots a second are forgotten, for a limit that does not decay by itself. */
export function denialDecayPerSecond(averageOccupancySeconds: number, longestWaitSeconds: number): number {
  return 1 / Math.max(SHORTEST_OCCUPANCY_SECONDS, Math.min(averageOccupancySeconds, longestWaitSeconds));
}
