import { parseIsoDuration } from "../domain/duration.ts";
import { InvalidOptionError } from "./exceptions.ts";

/** Seconds, an ISO-8601 duration (`"PT1H"`), or its parts. */
export type Duration =
  | number
  | string
  | {
      readonly weeks?: number;
      readonly days?: number;
      readonly hours?: number;
      readonly minutes?: number;
      readonly seconds?: number;
      readonly milliseconds?: number;
    };

const secondsOf = { weeks: 604_800, days: 86_400, hours: 3600, minutes: 60, seconds: 1, milliseconds: 0.001 } as const;

/** Throws `InvalidOptionError` naming the option. */
export function toSeconds(option: string, duration: Duration): number {
  const seconds = readSeconds(duration);
  if (seconds === undefined || !Number.isFinite(seconds) || seconds < 0) {
    throw new InvalidOptionError(
      `'${option}' must be a duration: a number of seconds, 'PT1H30M', or { hours: 1, minutes: 30 }; got ${JSON.stringify(duration)}.`,
    );
  }
  return seconds;
}

function readSeconds(duration: Duration): number | undefined {
  if (typeof duration === "number") return duration;
  if (typeof duration === "string") return parseIsoDuration(duration);
  if (typeof duration !== "object" || duration === null) return undefined;
  let total = 0;
  for (const [unit, count] of Object.entries(duration)) {
    if (!Object.hasOwn(secondsOf, unit) || typeof count !== "number") return undefined;
    total += secondsOf[unit as keyof typeof secondsOf] * count;
  }
  return total;
}
