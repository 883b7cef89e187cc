import { describe, expect, test } from "vitest";
import { judge, ratioTo } from "./verdict.ts";

const cost = { number: 1, at_most: 0.1, ratio: 60 };
const rate = { number: 6, at_least: 1000, ratio: 100 };

describe("judge", () => {
  test.each([
    ["a cost within both bounds", { value: 0.1, ratio: 60 }, cost, "kept"],
    ["a cost above its bound, the ratio kept", { value: 0.3, ratio: 61 }, cost, "missed"],
    ["a cost within its bound, the ratio missed", { value: 0.09, ratio: 59 }, cost, "missed"],
    ["less than half of the ratio", { value: 0.09, ratio: 29 }, cost, "below half"],
    ["more than twice the cost, nothing to compare with", { value: 0.21 }, cost, "below half"],
    ["twice the cost, nothing to compare with", { value: 0.2 }, cost, "missed"],
    ["a rate above both bounds", { value: 1000, ratio: 100 }, rate, "kept"],
    ["less than half of a rate", { value: 499 }, rate, "below half"],
    ["half of a rate", { value: 500 }, rate, "missed"],
    ["no rate at all", { value: 0 }, rate, "below half"],
    ["no cost at all", { value: 0 }, cost, "kept"],
    ["a figure that is none", { value: Number.NaN }, cost, "below half"],
  ])("%s", (_, figure, promised, verdict) => {
    expect(judge(figure, promised)).toBe(verdict);
  });
});

test("the ratio says how many times better, whichever way is better", () => {
  expect(ratioTo(7, 0.1, cost)).toBeCloseTo(70);
  expect(ratioTo(10, 1000, rate)).toBeCloseTo(100);
});
