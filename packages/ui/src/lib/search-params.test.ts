import { describe, expect, test } from "vitest";
import { listOf, oneOf, parseSearch, positiveInteger, stringifySearch, textOf } from "./search-params.ts";

describe("the URL's query", () => {
  test("reads as plain text and comes back the same", () => {
    const query = "?q=etl+%26+load&state=FAILED&state=CRASHED&page=2";
    const search = parseSearch(query);
    expect(search).toEqual({ q: "etl & load", state: ["FAILED", "CRASHED"], page: "2" });
    expect(stringifySearch(search)).toBe(query);
  });

  test("what is empty is left out", () => {
    expect(stringifySearch({ q: "", page: undefined, tags: [] })).toBe("");
  });
});

describe("hand-written values", () => {
  test("become what the page expects or nothing", () => {
    expect(textOf(["a", "b"])).toBe("a");
    expect(listOf("a")).toEqual(["a"]);
    expect(listOf([])).toBeUndefined();
    expect(oneOf("nonsense", ["asc", "desc"])).toBeUndefined();
    expect([positiveInteger("3"), positiveInteger("-1"), positiveInteger("x"), positiveInteger(undefined)]).toEqual([
      3,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
