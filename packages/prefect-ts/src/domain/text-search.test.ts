import { describe, expect, test } from "vitest";
import { matchesText, parseTextSearch } from "./text-search.ts";

test.each([
  ["", [], [], []],
  ["  ", [], [], []],
  ["error warning", ["error", "warning"], [], []],
  ["error -debug !trace", ["error"], ["debug", "trace"], []],
  ["+must may", ["may"], [], ["must"]],
  ['"connection timeout" +"a b" -"c d"', ["connection timeout"], ["c d"], ["a b"]],
  [String.raw`"say \"hi\" \\ \n"`, [String.raw`say "hi" \ \n`], [], []],
  ['"open ended', ["open ended"], [], []],
  ["- error", ["error"], [], []],
  ["-", [], [], []],
  ["a-b", ["a-b"], [], []],
  ['""', [], [], []],
])("%j", (query, include, exclude, required) => {
  expect(parseTextSearch(query)).toEqual({ include, exclude, required });
});

describe("matching", () => {
  test.each([
    ["error", "An ERROR occurred", true],
    ["error warning", "a warning", true],
    ["error -debug", "error while debugging", false],
    ["+error +disk", "error of the net", false],
    ["-debug", "anything", true],
    ["", "anything", true],
  ])("%j in %j: %s", (query, text, expected) => {
    expect(matchesText(parseTextSearch(query), text)).toBe(expected);
  });
});
