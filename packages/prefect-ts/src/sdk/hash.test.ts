import { describe, expect, test } from "vitest";
import { HashError } from "./exceptions.ts";
import { hashValues } from "./hash.ts";

describe("hashValues", () => {
  test.each([
    [
      { a: 1, b: [2] },
      { b: [2], a: 1 },
    ],
    [new Map([["k", 1]]), new Map([["k", 1]])],
    [new Date(5), new Date(5)],
    [new Uint8Array([1, 2]), new Uint8Array([1, 2])],
  ])("is the same for equal contents", (one, other) => {
    expect(hashValues(one)).toBe(hashValues(other));
  });

  test.each([
    [1, "1"],
    [[1, 2], [12]],
    [{ a: undefined }, {}],
    [null, undefined],
    [0, -1],
    [new Set([1]), [1]],
  ])("tells %j from %j", (one, other) => {
    expect(hashValues(one)).not.toBe(hashValues(other));
  });

  test("says what cannot be compared and what to do", () => {
    const cycle: { self?: unknown } = {};
    cycle.self = cycle;
    expect(() => hashValues(cycle)).toThrow(HashError);
    expect(() => hashValues([() => 1])).toThrow("No cache key can be computed from a function.");
    // The same object twice is no cycle.
    const shared = { n: 1 };
    expect(hashValues([shared, shared])).toBe(hashValues([{ n: 1 }, { n: 1 }]));
  });
});
