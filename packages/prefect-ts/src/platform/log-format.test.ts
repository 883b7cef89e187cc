import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import { instantFromMs } from "../domain/instant.ts";
import { flowRunOrigin, formatLogLine, levelName, paintLogLine, quoted } from "./log-format.ts";

const TIME = instantFromMs(new Date(2025, 0, 31, 16, 8, 59, 56).getTime());

describe("formatLogLine", () => {
  test.each([
    [20, flowRunOrigin("crouching-kittiwake"), "16:08:59.056 | INFO    | Flow run 'crouching-kittiwake' - hello"],
    [30, "prefect.server", "16:08:59.056 | WARNING | prefect.server - hello"],
    [50, "x", "16:08:59.056 | CRITICAL | x - hello"],
    [25, "x", "16:08:59.056 | Level 25 | x - hello"],
  ])("level %i of %s", (level, origin, line) => {
    expect(formatLogLine({ time: TIME, level, origin, message: "hello" })).toBe(line);
  });
});

test.each([
  ["plain", "'plain'"],
  ["it's", `"it's"`],
  [`it's "so"`, `'it\\'s "so"'`],
  ["a\\b\n", "'a\\\\b\\n'"],
])("quoted(%j) is %s", (text, shown) => {
  expect(quoted(text)).toBe(shown);
});

test("levelName knows Python's levels", () => {
  expect([10, 20, 30, 40, 50].map(levelName)).toEqual(["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]);
});

test("paintLogLine colours names and states and leaves the text as it was", () => {
  const line = "16:08:59.356 | INFO    | Flow run 'a' - Finished in state Completed() for flow 'b', see http://h/x";
  const painted = paintLogLine(line);
  expect(painted).toContain("\u001b[35m 'a'\u001b[0m");
  expect(painted).toContain("\u001b[1;35m 'b'\u001b[0m");
  expect(painted).toContain("\u001b[32mCompleted\u001b[0m");
  expect(painted).toContain("\u001b[94mhttp://h/x\u001b[0m");
  expect(stripVTControlCharacters(painted)).toBe(line);
});
