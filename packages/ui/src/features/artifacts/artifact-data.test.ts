import { describe, expect, test } from "vitest";
import { findLink, tableOf } from "./artifact-data.ts";

describe("tableOf", () => {
  const expected = {
    columns: ["a", "b"],
    rows: [
      ["1", "x"],
      ["", "y"],
    ],
  };

  test("reads records, also those that lack a key", () => {
    expect(tableOf('[{"a": 1, "b": "x"}, {"b": "y"}]')).toEqual(expected);
  });

  test("reads columns", () => {
    expect(tableOf('{"a": [1], "b": ["x", "y"]}')).toEqual(expected);
  });

  test("reads rows without names", () => {
    expect(tableOf([[1, { deep: true }]])).toEqual({ columns: ["1", "2"], rows: [["1", '{"deep":true}']] });
  });

  test.each(["not json", "3", '["a", "b"]', "{}"])("leaves %s alone", (data) => {
    expect(tableOf(data)).toBeUndefined();
  });
});

test("a link is a link only when it is the whole text and leads to the web", () => {
  expect(findLink("[docs](https://example.org/a)")).toEqual({ url: "https://example.org/a", label: "docs" });
  expect(findLink("[](https://example.org/a)")?.label).toBe("https://example.org/a");
  expect(findLink("see [docs](https://example.org/a)")).toBeUndefined();
  expect(findLink("[docs](javascript:alert)")).toBeUndefined();
});
