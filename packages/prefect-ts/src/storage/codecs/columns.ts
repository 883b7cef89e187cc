import { formatInstant, type Instant, MICROSECONDS_PER_SECOND } from "../../domain/instant.ts";
import { rawJson } from "../../domain/json.ts";

/** How single columns become wire values; the codec of each table is made of these. */

export function time(instant: Instant): string {
  return formatInstant(instant);
}

export function nullableTime(instant: Instant | null): string | null {
  return instant === null ? null : formatInstant(instant);
}

/** JSON text appears on the wire as it lies in the row. */
export function json<Value>(text: string): Value {
  return rawJson<Value>(text);
}

export function nullableJson<Value>(text: string | null): Value | null {
  return text === null ? null : rawJson<Value>(text);
}

/** Microseconds in a row are seconds on the wire. */
export function seconds(microseconds: number): number {
  return microseconds / MICROSECONDS_PER_SECOND;
}
