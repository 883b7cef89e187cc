import { expect, test } from "vitest";
import { type Instant, parseInstant } from "../domain/instant.ts";
import { logTimestamp, relativeTime, spokenTimestamp } from "./relative-time.ts";

const NOON = parseInstant("2025-01-31T12:00:00Z") as Instant;

test.each([
  ["2025-01-31T11:59:58Z", "a few seconds ago"],
  ["2025-01-31T11:59:30Z", "30 seconds ago"],
  ["2025-01-31T11:58:00Z", "2 minutes ago"],
  ["2025-01-31T13:00:30Z", "in 1 hour"],
  ["2025-01-28T12:00:00Z", "3 days ago"],
  ["2025-01-20T12:00:00Z", "1 week ago"],
  ["2024-11-15T12:00:00Z", "2 months ago"],
  ["2023-01-01T12:00:00Z", "2 years ago"],
  [null, ""],
  ["not a time", ""],
])("%s is %j at noon", (time, spoken) => {
  expect(relativeTime(time, NOON)).toBe(spoken);
});

test.each([
  ["2025-01-31T08:09:10.123456Z", "2025-01-31 08:09:10.123", "2025-01-31 08:09:10.123456+00:00"],
  ["2025-01-31T08:09:10Z", "2025-01-31 08:09:10.000", "2025-01-31 08:09:10+00:00"],
])("%s", (time, inLogs, spoken) => {
  expect(logTimestamp(time)).toBe(inLogs);
  expect(spokenTimestamp(time)).toBe(spoken);
});
