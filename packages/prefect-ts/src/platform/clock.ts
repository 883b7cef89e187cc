import { type Instant, instantFromMs } from "../domain/instant.ts";

/** Where logic gets its "now" from; tests hand in one that they move by hand. */
export interface Clock {
  now(): Instant;
}

/** What to add to `performance.now()` to get the time of day, in ms. */
let offsetMs = 0;

/**
 * The time of day with the microseconds that `Date.now()` lacks. The monotonic clock supplies them; it is set right
 * whenever it leaves the millisecond that the wall clock shows (the machine slept, the clock was adjusted).
 */
export const systemClock: Clock = {
  now() {
    const wall = Date.now();
    const monotonic = performance.now();
    const precise = monotonic + offsetMs;
    if (precise >= wall && precise < wall + 1) return instantFromMs(precise);
    offsetMs = wall - monotonic;
    return instantFromMs(wall);
  },
};
