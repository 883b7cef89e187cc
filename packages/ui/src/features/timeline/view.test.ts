import { describe, expect, test } from "vitest";
import { centerOn, fit, pan, tickLabel, ticks, toTime, toX, type View, zoom } from "./view.ts";

const END = 100_000_000;
const base: View = { from: 0, to: 1, left: 200, width: 1000 };
const whole = fit(base, END);

describe("the view", () => {
  test("fits the whole run, and time and place translate into each other", () => {
    expect(toX(whole, 0)).toBeGreaterThanOrEqual(200);
    expect(toX(whole, END)).toBeLessThan(1200);
    expect(toTime(whole, toX(whole, 42_000_000))).toBeCloseTo(42_000_000, 3);
  });

  test("zooming keeps what is under the pointer, and never goes beyond the whole", () => {
    const closer = zoom(whole, 0.1, 700, END);
    expect(toTime(closer, 700)).toBeCloseTo(toTime(whole, 700), 3);
    expect(closer.to - closer.from).toBeCloseTo((whole.to - whole.from) / 10, 3);
    expect(zoom(closer, 1000, 700, END)).toEqual(whole);
  });

  test("zooming in ends before numbers do", () => {
    let view = whole;
    for (let step = 0; step < 200; step += 1) view = zoom(view, 0.5, 700, END);
    expect(view.to - view.from).toBe(50);
  });

  test("panning stops at the ends", () => {
    const closer = zoom(whole, 0.1, 700, END);
    expect(pan(closer, 1e9, END).to).toBeCloseTo(whole.to, 3);
    expect(pan(closer, -1e9, END).from).toBeCloseTo(whole.from, 3);
  });

  test("a bar out of sight is brought to the middle; one in sight stays", () => {
    const closer = zoom(whole, 0.1, 1199, END);
    const moved = centerOn(closer, 40_000_000, 42_000_000, END);
    expect(toX(moved, 41_000_000)).toBeCloseTo(700, 3);
    expect(centerOn(moved, 40_000_000, 42_000_000, END)).toBe(moved);
  });

  test("a run without length can be shown", () => {
    const view = fit(base, 0);
    expect(Number.isFinite(toX(view, 0))).toBe(true);
    expect(ticks(view, 90).at.length).toBeGreaterThan(0);
  });
});

describe("ticks", () => {
  test.each([
    { end: 300, labels: ["0", "+50 µs", "+100 µs"] },
    { end: 50_000, labels: ["0", "+5 ms", "+10 ms"] },
    { end: 100_000_000, labels: ["0", "+10 s", "+20 s"] },
    { end: 3_600_000_000, labels: ["0", "+10:00", "+20:00"] },
    { end: 36_000_000_000, labels: ["0", "+1:00:00", "+2:00:00"] },
  ])("over $end µs begin with $labels", ({ end, labels }) => {
    const { at, step } = ticks(fit(base, end), 90);
    expect(at.slice(0, 3).map((tick) => tickLabel(tick, step))).toEqual(labels);
  });
});
