import { expect, test } from "vitest";
import { matchesLabels } from "./label-matcher.ts";

test.each([
  ["red", "red", true],
  ["red", "Red", false],
  ["r*", "red", true],
  ["*d", "red", true],
  ["r?d", "red", true],
  ["r?", "red", false],
  ["*e*", "red", true],
  ["*", "", true],
  ["", "", true],
  ["r**d*", "red", true],
  ["a.c", "abc", false],
  ["!red", "blue", true],
  ["!r*", "red", false],
])("%j wanted, %j there: %s", (wanted, value, expected) => {
  expect(matchesLabels({ colour: value }, { colour: [wanted] })).toBe(expected);
});

test("several values are alternatives, several labels must all match, a missing one never does", () => {
  const labels = { colour: "red", size: "xl" };
  expect(matchesLabels(labels, { colour: ["blue", "red"] })).toBe(true);
  expect(matchesLabels(labels, { colour: ["red"], size: ["m"] })).toBe(false);
  expect(matchesLabels(labels, { colour: [] })).toBe(false);
  expect(matchesLabels(labels, { shape: ["!round"] })).toBe(false);
  expect(matchesLabels(labels, {})).toBe(true);
});

test("a pattern of many stars costs no more than its length times the text's", () => {
  const pattern = `${"*a".repeat(50)}*b`;
  expect(matchesLabels({ text: "a".repeat(20_000) }, { text: [pattern] })).toBe(false);
});
