/** One format for moments and one for durations, everywhere. Inside, moments are microseconds, as on the wire. */
import { type Instant, instantFromMs, parseInstant, toMs } from "prefect-ts/domain";

const MICROS_PER_MS = 1000;
const MICROS_PER_SECOND = 1_000_000;
const SECONDS_PER_MINUTE = 60;
const SECONDS_PER_HOUR = 3600;
const SECONDS_PER_DAY = 86_400;

export function instantOf(timestamp: string): Instant {
  return parseInstant(timestamp) ?? (0 as Instant);
}

export function currentInstant(): Instant {
  return instantFromMs(Date.now());
}

const absolute = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});
const absoluteWithZone = new Intl.DateTimeFormat("en-GB", {
  dateStyle: "full",
  timeStyle: "long",
});
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const day = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", year: "numeric" });

/** `21 Nov 2026, 03:47:12`, in the reader's time zone. */
export function formatMoment(instant: Instant): string {
  return absolute.format(toMs(instant));
}

/** The same with weekday and zone, for tooltips. */
export function formatMomentFully(instant: Instant): string {
  return absoluteWithZone.format(toMs(instant));
}

/** `03:47:12.042`. */
export function formatClock(instant: Instant): string {
  const ms = Math.floor(toMs(instant)) % 1000;
  return `${clock.format(toMs(instant))}.${String(ms).padStart(3, "0")}`;
}

export function formatDay(instant: Instant): string {
  return day.format(toMs(instant));
}

/** `just now`, `12 s ago`, `in 5 min`, `3 h ago`, `2 days ago`. */
export function formatRelative(instant: Instant, now: Instant): string {
  const seconds = (now - instant) / MICROS_PER_SECOND;
  const size = coarse(Math.abs(seconds));
  if (size === undefined) return "just now";
  return seconds > 0 ? `${size} ago` : `in ${size}`;
}

function coarse(seconds: number): string | undefined {
  if (seconds < 1) return undefined;
  if (seconds < SECONDS_PER_MINUTE) return `${Math.floor(seconds)} s`;
  if (seconds < SECONDS_PER_HOUR) return `${Math.floor(seconds / SECONDS_PER_MINUTE)} min`;
  if (seconds < SECONDS_PER_DAY) return `${Math.floor(seconds / SECONDS_PER_HOUR)} h`;
  const days = Math.floor(seconds / SECONDS_PER_DAY);
  return days === 1 ? "1 day" : `${days} days`;
}

/** `850 µs`, `12 ms`, `1.24 s`, `2 m 05 s`, `3 h 12 m`, `2 d 4 h`. */
export function formatDuration(seconds: number): string {
  const micros = Math.round(seconds * MICROS_PER_SECOND);
  if (micros <= 0) return "0 s";
  if (micros < MICROS_PER_MS) return `${micros} µs`;
  if (micros < MICROS_PER_SECOND) return `${Math.round(micros / MICROS_PER_MS)} ms`;
  if (seconds < 10) return `${seconds.toFixed(2)} s`;
  if (seconds < SECONDS_PER_MINUTE) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < SECONDS_PER_HOUR) return parts(whole, SECONDS_PER_MINUTE, "m", 1, "s");
  if (whole < SECONDS_PER_DAY) return parts(whole, SECONDS_PER_HOUR, "h", SECONDS_PER_MINUTE, "m");
  return parts(whole, SECONDS_PER_DAY, "d", SECONDS_PER_HOUR, "h");
}

function parts(seconds: number, large: number, largeUnit: string, small: number, smallUnit: string): string {
  const rest = Math.floor((seconds % large) / small);
  return `${Math.floor(seconds / large)} ${largeUnit} ${String(rest).padStart(2, "0")} ${smallUnit}`;
}

interface Timed {
  readonly start_time: string | null;
  readonly end_time: string | null;
}

/** Seconds from start to end, or to now while there is no end. Undefined before the start. */
export function elapsedSeconds(run: Timed, now: Instant): number | undefined {
  if (run.start_time === null) return undefined;
  const end = run.end_time === null ? now : instantOf(run.end_time);
  return Math.max(0, (end - instantOf(run.start_time)) / MICROS_PER_SECOND);
}
