import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatInstant, type Instant, parseInstant } from "./instant.ts";

describe("parseInstant", () => {
  test.each([
    ["2025-01-01T00:00:00Z", 1_735_689_600_000_000],
    ["2025-01-01T00:00:00.123456Z", 1_735_689_600_123_456],
    ["2025-01-01 00:00:00.123456+00:00", 1_735_689_600_123_456],
    ["2025-01-01 00:00:00.1 00:00", 1_735_689_600_100_000],
    ["2025-01-01T02:00:00+02:00", 1_735_689_600_000_000],
    ["2024-12-31T19:00:00-0500", 1_735_689_600_000_000],
    ["2025-01-01", 1_735_689_600_000_000],
    ["2025-01-01T00:00", 1_735_689_600_000_000],
    [1_735_689_600, 1_735_689_600_000_000],
    [1_735_689_600_000, 1_735_689_600_000_000],
    ["1735689600.5", 1_735_689_600_500_000],
  ])("%s", (input, expected) => {
    expect(parseInstant(input)).toBe(expected);
  });

  test.each(["", "yesterday", "2025-13-01T00:00:00Z", "2025-02-30", "2025-01-01T25:00:00Z", Number.NaN, 1e300])(
    "%s is no instant",
    (input) => {
      expect(parseInstant(input)).toBeUndefined();
    },
  );

  test("reads what formatInstant writes", () => {
    fc.assert(
      fc.property(fc.integer({ min: -2_000_000_000_000_000, max: 8_000_000_000_000_000 }), (micros) => {
        expect(parseInstant(formatInstant(micros as Instant))).toBe(micros);
      }),
    );
  });
});
