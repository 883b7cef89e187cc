import { describe, expect, test } from "vitest";
import { delayBeforeRetry, exponentialBackoff, resolveDelays } from "./retries.ts";

describe("delays before retries", () => {
  test("double with exponentialBackoff, and stop growing at fifty", () => {
    expect(resolveDelays(3, exponentialBackoff(10))).toEqual([10, 20, 40]);
    expect(resolveDelays(80, exponentialBackoff(1))).toHaveLength(50);
  });

  test.each([
    { delays: 5, retry: 3, seconds: 5 },
    { delays: [1, 2], retry: 0, seconds: 1 },
    { delays: [1, 2], retry: 7, seconds: 2 },
    { delays: [], retry: 0, seconds: 0 },
  ])("$delays before retry $retry is $seconds", ({ delays, retry, seconds }) => {
    expect(delayBeforeRetry(delays, retry, undefined)).toBe(seconds);
  });

  test("are stretched by jitter, never shortened, and no further than the factor says", () => {
    for (const random of [0, 0.3, 0.5, 0.999_999]) {
      const seconds = delayBeforeRetry(10, 0, 0.5, () => random);
      expect(seconds).toBeGreaterThanOrEqual(10);
      expect(seconds).toBeLessThanOrEqual(15);
    }
    expect(delayBeforeRetry(10, 0, 0.5, () => 0.5)).not.toBe(delayBeforeRetry(10, 0, 0.5, () => 0.2));
  });

  test("must be numbers of seconds", () => {
    expect(() => resolveDelays(1, -1)).toThrow("must be a number of seconds");
  });
});
