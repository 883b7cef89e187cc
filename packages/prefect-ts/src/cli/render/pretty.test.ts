import { expect, test } from "vitest";
import { pretty } from "./pretty.ts";

test("an object that fits stays on one line, with Python's words", () => {
  expect(pretty("FlowRun", { id: "x", n: null, tags: ["a", 1.5], ok: true }, 80)).toBe(
    "FlowRun(id='x', n=None, tags=['a', 1.5], ok=True)",
  );
});

test("one that does not is spread over lines, as deep as needed", () => {
  const run = { id: "abcdefghijkl", state: { type: "COMPLETED", name: "it's" }, tags: [], details: { a: 1 } };
  expect(pretty("FlowRun", run, 30)).toBe(`\
FlowRun(
    id='abcdefghijkl',
    state={
        'type': 'COMPLETED',
        'name': "it's"
    },
    tags=[],
    details={'a': 1}
)`);
});
