import { expect, test } from "vitest";
import { phrase, toLogFilter } from "./queries.ts";

test("words are searched as they stand, and signs that mean something to the server mean themselves", () => {
  expect(phrase("counted airport 7")).toBe('"counted airport 7"');
  expect(phrase('-not "this"')).toBe('"-not \\"this\\""');
  expect(phrase("x".repeat(500)).length).toBeLessThanOrEqual(200);
});

test("a filter says only what was chosen", () => {
  expect(toLogFilter({ flowRunId: "a", order: "oldest" })).toEqual({ flow_run_id: { any_: ["a"] } });
  expect(toLogFilter({ taskRunId: "b", level: 30, order: "newest" })).toEqual({
    task_run_id: { any_: ["b"] },
    level: { ge_: 30 },
  });
});
