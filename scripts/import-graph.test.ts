import { describe, expect, test } from "vitest";
import { findCycles, importGraph, reachableFrom } from "./import-graph.ts";
import { parse } from "./source-tree.ts";

const graph = (edges: Record<string, string[]>) => new Map(Object.entries(edges));

describe("findCycles", () => {
  test.each([
    { edges: { a: ["b"], b: ["c"], c: [] }, cycles: [] },
    { edges: { a: ["b"], b: ["a"] }, cycles: [["a", "b"]] },
    { edges: { a: ["a"] }, cycles: [["a"]] },
    { edges: { a: ["b", "c"], b: ["d"], c: ["d"], d: [] }, cycles: [] },
    { edges: { a: ["b"], b: ["c"], c: ["b", "d"], d: ["d"] }, cycles: [["d"], ["b", "c"]] },
  ])("of $edges are $cycles", ({ edges, cycles }) => {
    expect(findCycles(graph(edges))).toEqual(cycles);
  });
});

test("reachableFrom goes through everything once, circles too", () => {
  expect([...reachableFrom(graph({ a: ["b"], b: ["a", "c"], c: [], d: ["a"] }), "a")].sort()).toEqual(["a", "b", "c"]);
});

describe("parse", () => {
  test.each([
    { text: 'import { a } from "./a.ts";', kind: "static" },
    { text: 'import "./a.ts";', kind: "static" },
    { text: 'export * from "./a.ts";', kind: "static" },
    // With verbatimModuleSyntax the import itself stays, so the file is loaded.
    { text: 'import { type A } from "./a.ts";', kind: "static" },
    { text: 'import type { A } from "./a.ts";', kind: "type" },
    { text: 'export type { A } from "./a.ts";', kind: "type" },
    { text: 'let a: import("./a.ts").A;', kind: "type" },
    { text: 'const a = () => import("./a.ts");', kind: "dynamic" },
    { text: "const a = () => import(`./a.ts`);", kind: "dynamic" },
  ])("sees $text as a $kind import", ({ text, kind }) => {
    expect(parse("x.ts", text).imports).toEqual([{ specifier: "./a.ts", kind }]);
  });

  test("sees no import in a comment or a string", () => {
    expect(parse("x.ts", '// import "./a.ts"\nconst s = \'import "./b.ts"\';').imports).toEqual([]);
  });

  test("measures functions and files in lines", () => {
    const { lines, functions } = parse("x.ts", "const one = 1;\nfunction two() {\n  return 2;\n}\n");
    expect({ lines, functions }).toEqual({ lines: 4, functions: [{ line: 2, lines: 3 }] });
  });

  test.each([
    { text: 'export { a } from "./a.ts";\nexport type { B } from "./b.ts";', isBarrel: true },
    { text: 'export { a } from "./a.ts";\nexport const b = 1;', isBarrel: false },
  ])("calls $text a barrel: $isBarrel", ({ text, isBarrel }) => {
    expect(parse("index.ts", text).isBarrel).toBe(isBarrel);
  });

  test("resolves imports against the importing file", () => {
    const a = parse("p/src/a.ts", 'import "../lib/b.ts"; import type { C } from "./c.ts"; import "zod";');
    const files = [a, parse("p/lib/b.ts", ""), parse("p/src/c.ts", "")];
    expect(importGraph(files, ["static"]).get("p/src/a.ts")).toEqual(["p/lib/b.ts"]);
    expect(importGraph(files, ["static", "type"]).get("p/src/a.ts")).toEqual(["p/lib/b.ts", "p/src/c.ts"]);
  });
});
