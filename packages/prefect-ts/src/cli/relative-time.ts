import { type Instant, parseInstant, secondsBetween } from "../domain/instant.ts";

const DAY = 86_400;
const UNITS: readonly (readonly [name: string, seconds: number])[] = [
  ["year", 365.25 * DAY],
  ["month", 30.44 * DAY],
  ["week", 7 * DAY],
  ["day", DAY],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
];
/** Below that, counting seconds is more than anybody wants to know. */
const FEW_SECONDS = 10;

/** `2 minutes ago`, `in 5 minutes`; nothing for no time. */
export function relativeTime(time: string | null | undefined, now: Instant): string {
  const instant = time == null ? undefined : parseInstant(time);
  if (instant === undefined) return "";
  const seconds = secondsBetween(now, instant);
  const amount = spokenAmount(Math.abs(seconds));
  return seconds > 0 ? `in ${amount}` : `${amount} ago`;
}

function spokenAmount(seconds: number): string {
  if (seconds <= FEW_SECONDS) return "a few seconds";
  for (const [name, size] of UNITS) {
    const count = Math.floor(seconds / size);
    if (count > 0) return `${count} ${name}${count === 1 ? "" : "s"}`;
  }
  return "a few seconds";
}

/** `2025-01-31 08:09:10.123` in UTC, from the wire's text. */
export function logTimestamp(time: string): string {
  const [date = "", clock = ""] = time.replace(/(Z|\+00:00)$/, "").split("T");
  const [seconds = "", fraction = ""] = clock.split(".");
  return `${date} ${seconds}.${fraction.padEnd(3, "0").slice(0, 3)}`;
}

/** `2025-01-31 08:09:10.123456+00:00`, as Python prints the moment. */
export function spokenTimestamp(time: string | null): string {
  return time === null ? "None" : time.replace("T", " ").replace(/Z$/, "+00:00");
}
