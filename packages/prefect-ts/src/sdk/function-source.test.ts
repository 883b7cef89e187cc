import { describe, expect, test } from "vitest";
import { argumentsByName, parameterNames, sourceHash } from "./function-source.ts";

describe("parameterNames", () => {
  test.each<[string, (...args: never[]) => unknown, readonly string[] | undefined]>([
    ["an arrow", (a: number, b: number) => a + b, ["a", "b"]],
    ["one bare name", async (x: number) => x, ["x"]],
    ["none", () => 1, []],
    ["defaults", (a: number, b = ",(", c = [1, 2]) => [a, b, c], ["a", "b", "c"]],
    ["a rest", (first: number, ...rest: number[]) => [first, rest], ["first", "rest"]],
    [
      "a method",
      {
        method(value: number): unknown {
          return value;
        },
      }.method,
      ["value"],
    ],
    ["a pattern, which has no name", ({ a }: { a: number }) => a, undefined],
  ])("of %s", (_, fn, expected) => {
    expect(parameterNames(fn)).toEqual(expected);
  });
});

describe("argumentsByName", () => {
  const send = (...numbers: number[]) => numbers;

  test.each([
    [(a: number, b: number) => a + b, [1, 2], { a: 1, b: 2 }],
    [(a: number, ...others: number[]) => [a, others], [1, 2, 3], { a: 1, others: [2, 3] }],
    [(a: number, ...others: number[]) => [a, others], [1], { a: 1 }],
    [(a: number[]) => send(...a), [[1, 2]], { a: [1, 2] }],
    [({ a }: { a: number }) => a, [{ a: 1 }], { arg0: { a: 1 } }],
  ])("%s with %j", (fn, args, expected) => {
    expect(argumentsByName(fn as (...args: never[]) => unknown, args)).toEqual(expected);
  });
});

test("a hash of the source does not see white space", () => {
  const make = (source: string) => new Function(`return ${source}`)() as () => number;
  expect(sourceHash(make("() => { return 1 }"))).toBe(sourceHash(make("() => {\n  return 1\n}")));
  expect(sourceHash(make("() => 1"))).not.toBe(sourceHash(make("() => 2")));
});
