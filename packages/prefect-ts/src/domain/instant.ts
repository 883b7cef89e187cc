declare const instantBrand: unique symbol;

/**
 * A moment as whole microseconds since 1970-01-01T00:00:00Z.
 *
 * Prefect's wire format has microseconds and a `Date` drops them, which breaks the order and the equality of state
 * timestamps. The values of the next two centuries are safe integers.
 */
export type Instant = number & { readonly [instantBrand]: true };

export const MICROSECONDS_PER_SECOND = 1_000_000;
const MICROSECONDS_PER_MS = 1000;

/** pydantic's watershed: a larger epoch number counts milliseconds, a smaller one seconds. */
const LARGEST_EPOCH_IN_SECONDS = 2e10;

const ISO_FORM =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|z|[+\- ]\d{2}:?\d{2}|[+\- ]\d{2})?)?$/;

export function instantFromMs(ms: number): Instant {
  return Math.round(ms * MICROSECONDS_PER_MS) as Instant;
}

export function toMs(instant: Instant): number {
  return instant / MICROSECONDS_PER_MS;
}

export function addMs(instant: Instant, ms: number): Instant {
  return (instant + Math.round(ms * MICROSECONDS_PER_MS)) as Instant;
}

export function addSeconds(instant: Instant, seconds: number): Instant {
  return (instant + Math.round(seconds * MICROSECONDS_PER_SECOND)) as Instant;
}

/** Seconds from `earlier` to `later`, as the wire's durations count. */
export function secondsBetween(earlier: Instant, later: Instant): number {
  return (later - earlier) / MICROSECONDS_PER_SECOND;
}

/** The texts of the last few seconds that were asked for: lists hold many moments of the same ones. */
const SECOND_TEXTS = 256;
const cachedSeconds = new Float64Array(SECOND_TEXTS).fill(Number.NaN);
const cachedTexts: string[] = new Array(SECOND_TEXTS).fill("");

function formatSecond(second: number): string {
  const slot = ((second % SECOND_TEXTS) + SECOND_TEXTS) % SECOND_TEXTS;
  if (cachedSeconds[slot] !== second) {
    cachedSeconds[slot] = second;
    cachedTexts[slot] = new Date(second * 1000).toISOString().slice(0, -5);
  }
  return cachedTexts[slot] ?? "";
}

/** `2025-01-31T08:09:10.000123Z`; the fraction only when it is not zero, as the reference writes it. */
export function formatInstant(instant: Instant): string {
  const second = Math.floor(instant / MICROSECONDS_PER_SECOND);
  const micros = instant - second * MICROSECONDS_PER_SECOND;
  const text = formatSecond(second);
  return micros === 0 ? `${text}Z` : `${text}.${String(micros).padStart(6, "0")}Z`;
}

/**
 * Reads what Prefect's clients send: ISO with `T` or a space, with or without an offset (none means UTC; a `+` that
 * arrived as a space in a query counts as `+`), a bare date, or an epoch number. `undefined` when it is none of these.
 */
export function parseInstant(input: string | number): Instant | undefined {
  if (typeof input === "number") return instantFromEpoch(input);
  const match = ISO_FORM.exec(input);
  if (match === null) {
    return /^-?\d+(\.\d+)?$/.test(input) ? instantFromEpoch(Number(input)) : undefined;
  }
  const [, year, month, day, hour = "0", minute = "0", second = "0", fraction = "", zone = "Z"] = match;
  const ms = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  const date = new Date(ms);
  const isReal =
    date.getUTCMonth() === Number(month) - 1 &&
    date.getUTCDate() === Number(day) &&
    Number(hour) < 24 &&
    Number(minute) < 60 &&
    Number(second) < 60;
  if (!isReal) return undefined;
  const micros = Number(fraction.padEnd(6, "0").slice(0, 6));
  return (ms * MICROSECONDS_PER_MS + micros - offsetMicroseconds(zone)) as Instant;
}

function instantFromEpoch(value: number): Instant | undefined {
  if (!Number.isFinite(value)) return undefined;
  const seconds = Math.abs(value) > LARGEST_EPOCH_IN_SECONDS ? value / 1000 : value;
  const micros = Math.round(seconds * MICROSECONDS_PER_SECOND);
  return Number.isSafeInteger(micros) ? (micros as Instant) : undefined;
}

function offsetMicroseconds(zone: string): number {
  if (zone === "Z" || zone === "z") return 0;
  const sign = zone.startsWith("-") ? -1 : 1;
  const digits = zone.slice(1).replace(":", "");
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2) || 0);
  return sign * minutes * 60 * MICROSECONDS_PER_SECOND;
}
