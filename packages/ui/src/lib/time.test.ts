import { instantFromMs } from "prefect-ts/domain";
import { describe, expect, test } from "vitest";
import { elapsedSeconds, formatDuration, formatRelative, instantOf } from "./time.ts";

describe("formatDuration", () => {
  test.each([
    [0, "0 s"],
    [0.00085, "850 µs"],
    [0.0124, "12 ms"],
    [1.236, "1.24 s"],
    [42.04, "42.0 s"],
    [125, "2 m 05 s"],
    [11_520, "3 h 12 m"],
    [187_200, "2 d 04 h"],
  ])("%d seconds are %s", (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });
});

describe("formatRelative", () => {
  const now = instantFromMs(Date.UTC(2025, 0, 31, 12));
  test.each([
    ["2025-01-31T12:00:00.400Z", "just now"],
    ["2025-01-31T11:59:48Z", "12 s ago"],
    ["2025-01-31T12:05:00Z", "in 5 min"],
    ["2025-01-31T09:00:00Z", "3 h ago"],
    ["2025-01-30T11:00:00Z", "1 day ago"],
    ["2025-01-01T12:00:00Z", "30 days ago"],
  ])("%s is %s", (timestamp, text) => {
    expect(formatRelative(instantOf(timestamp), now)).toBe(text);
  });
});

test("a run's time keeps its microseconds, grows until its end, and does not exist before its start", () => {
  const start = { start_time: "2025-01-31T12:00:00.000001Z", end_time: "2025-01-31T12:00:00.000126Z" };
  const later = instantOf("2025-01-31T12:00:02.000001Z");
  expect(elapsedSeconds(start, later)).toBeCloseTo(0.000125, 9);
  expect(elapsedSeconds({ ...start, end_time: null }, later)).toBe(2);
  expect(elapsedSeconds({ start_time: null, end_time: null }, later)).toBeUndefined();
});
