import { describe, expect, test } from "vitest";
import { addMs, addSeconds, instantFromMs } from "./instant.ts";
import { clampedPoissonInterval } from "./poisson.ts";
import { averageOccupancy, decayed, denialDecayPerSecond } from "./slot-decay.ts";

const NOON = instantFromMs(Date.UTC(2026, 0, 1, 12));

describe("decayed", () => {
  test.each([
    { slots: 5, perSecond: 0, afterSeconds: 1000, left: 5 },
    { slots: 5, perSecond: 1, afterSeconds: 0.9, left: 5 },
    { slots: 5, perSecond: 1, afterSeconds: 2.5, left: 3 },
    { slots: 5, perSecond: 0.5, afterSeconds: 3, left: 4 },
    { slots: 5, perSecond: 10, afterSeconds: 3, left: 0 },
    { slots: 0, perSecond: 1, afterSeconds: 3, left: 0 },
  ])(
    "$slots slots at $perSecond a second are $left after $afterSeconds s",
    ({ slots, perSecond, afterSeconds, left }) => {
      expect(decayed({ slots, since: NOON }, perSecond, addSeconds(NOON, afterSeconds)).slots).toBe(left);
    },
  );

  test("asking all the time does not stop the decay", () => {
    let state = { slots: 3, since: NOON };
    for (let ms = 0; ms <= 2000; ms += 100) state = decayed(state, 1, addMs(NOON, ms));
    expect(state.slots).toBe(1);
  });
});

test("the average moves by one sample of twice the limit", () => {
  expect(averageOccupancy(2, 5, 12, 1)).toBeCloseTo(3);
  expect(averageOccupancy(2, 5, 12, 2)).toBeCloseTo(2.4);
  expect(averageOccupancy(2, 0, 12, 1)).toBe(2);
});

test.each([
  { average: 2, longest: 30, perSecond: 0.5 },
  { average: 600, longest: 30, perSecond: 1 / 30 },
  { average: 0, longest: 30, perSecond: 10 },
])(
  "denials are forgotten at $perSecond a second when slots are held for $average s",
  ({ average, longest, perSecond }) => {
    expect(denialDecayPerSecond(average, longest)).toBeCloseTo(perSecond);
  },
);

describe("clampedPoissonInterval", () => {
  test.each([0, 0.25, 0.5, 0.75, 1])("stays around the average for a draw of %d", (draw) => {
    const seconds = clampedPoissonInterval(10, 0.3, () => draw);
    expect(seconds).toBeGreaterThan(6);
    expect(seconds).toBeLessThanOrEqual(13.000001);
  });

  test("nothing to wait for is no wait", () => {
    expect(clampedPoissonInterval(0)).toBe(0);
  });
});
