import { describe, expect, test } from "vitest";
import { SerializationError } from "./exceptions.ts";
import { deserializeResult, serializeResult } from "./json-serializer.ts";

describe("results as JSON", () => {
  test.each([
    { value: { a: [1, "x", null, true] } },
    { value: new Date(0) },
    { value: 2n ** 70n },
    { value: Number.POSITIVE_INFINITY },
    { value: new Map([["k", new Set([1, 2])]]) },
    { value: new Uint8Array([1, 255]) },
  ])("$value comes back", ({ value }) => {
    expect(deserializeResult(serializeResult(value))).toEqual(value);
  });

  test("read what Prefect's serializer wrote of an exception", () => {
    const error = deserializeResult('{"__exc_type__": "builtins.ValueError", "message": "no"}');
    expect(error).toMatchObject({ name: "builtins.ValueError", message: "no" });
  });

  test("say what cannot be written", () => {
    const cycle: { self?: unknown } = {};
    cycle.self = cycle;
    expect(() => serializeResult(cycle)).toThrow(SerializationError);
    expect(() => serializeResult(() => 1)).toThrow("a function has no JSON form");
  });

  test("have no trouble with the same object twice", () => {
    const shared = { n: 1 };
    expect(deserializeResult(serializeResult([shared, shared]))).toEqual([shared, shared]);
  });
});
