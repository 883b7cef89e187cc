import { describe, expect, test } from "vitest";
import { textWidth, truncated, wrapped } from "./text.ts";

describe("wrapped", () => {
  test.each([
    ["one two three four", 9, ["one two ", "three ", "four"]],
    ["abcdefghijklmnop qr", 6, ["abcdef", "ghijkl", "mnop ", "qr"]],
    ["  indented words here", 10, ["  indented", "words here"]],
    ["a\n\nb", 5, ["a", "", "b"]],
    ["", 5, [""]],
  ])("%j at %i", (text, width, lines) => {
    expect(wrapped(text, width)).toEqual(lines);
  });

  test("cuts long words when asked to", () => {
    expect(wrapped("see supercalifragilistic now", 8, "cut")).toEqual(["see ", "superca…", "now"]);
  });
});

test.each([
  ["plain", 5],
  ["日本", 4],
  ["e\u0301", 1],
  ["🚀", 2],
])("%j is %i columns wide", (text, width) => {
  expect(textWidth(text)).toBe(width);
});

test("truncated cuts by columns", () => {
  expect(truncated("日本語", 5)).toBe("日本…");
  expect(truncated("abc", 3)).toBe("abc");
});
