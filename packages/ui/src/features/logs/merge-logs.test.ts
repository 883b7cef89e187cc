import type { Log } from "prefect-ts/domain";
import { expect, test } from "vitest";
import { mergeLogs } from "./merge-logs.ts";

function log(id: string, seconds: number): Log {
  const timestamp = `2025-01-31T12:00:${String(seconds).padStart(2, "0")}.000001Z`;
  return {
    id,
    created: timestamp,
    updated: timestamp,
    name: "prefect.flow_runs",
    level: 20,
    message: id,
    timestamp,
    flow_run_id: null,
    task_run_id: null,
  };
}
const [a, b, c] = [log("a", 1), log("b", 2), log("c", 3)];
const ids = (logs: readonly Log[]) => logs.map(({ id }) => id);

test("a line that was read and streamed stands once, and streamed ones find their place", () => {
  expect(ids(mergeLogs([[a], [c]], [c, b], "oldest"))).toEqual(["a", "b", "c"]);
});

test("newest first", () => {
  expect(ids(mergeLogs([[b, a]], [c], "newest"))).toEqual(["c", "b", "a"]);
});

test("two pages that overlap, because a line came in between, repeat nothing", () => {
  expect(
    ids(
      mergeLogs(
        [
          [c, b],
          [b, a],
        ],
        [],
        "newest",
      ),
    ),
  ).toEqual(["c", "b", "a"]);
});
