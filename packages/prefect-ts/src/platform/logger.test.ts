import { expect, test } from "vitest";
import { instantFromMs } from "../domain/instant.ts";
import { systemClock } from "./clock.ts";
import { wantsColor } from "./color.ts";
import { createLogger } from "./logger.ts";

const clock = { now: () => instantFromMs(new Date(2025, 0, 1, 1, 2, 3, 4).getTime()) };

test("a logger writes what its level lets through, under its name", () => {
  const lines: string[] = [];
  const logger = createLogger({ name: "prefect", level: 30, clock, write: (line) => lines.push(line) });
  logger.debug("no");
  logger.info("no");
  logger.warn("careful");
  logger.child("server").error("it broke", new Error("disk full"));
  expect(lines).toEqual([
    "01:02:03.004 | WARNING | prefect - careful",
    "01:02:03.004 | ERROR   | prefect.server - it broke: disk full",
  ]);
  expect([logger.isEnabled("INFO"), logger.isEnabled("ERROR")]).toEqual([false, true]);
});

test("stacks appear only when asked for", () => {
  const lines: string[] = [];
  const cause = new Error("disk full");
  createLogger({ name: "x", level: 0, clock, showsStacks: true, write: (line) => lines.push(line) }).error(
    "it broke",
    cause,
  );
  expect(lines[0]).toContain(`it broke\n${cause.stack}`);
});

test("the system clock is the wall clock, with microseconds, and does not go back within it", () => {
  const before = Date.now() * 1000;
  const times = Array.from({ length: 1000 }, () => systemClock.now());
  const after = (Date.now() + 1) * 1000;
  expect(times.every((time) => time >= before && time <= after)).toBe(true);
  expect(new Set(times).size).toBeGreaterThan(1);
});

test.each([
  [{ isTTY: true }, {}, true],
  [{}, {}, false],
  [{ isTTY: true }, { NO_COLOR: "1" }, false],
  [{ isTTY: true }, { TERM: "dumb" }, false],
  [{}, { FORCE_COLOR: "1" }, true],
  [{ isTTY: true }, { FORCE_COLOR: "0" }, false],
])("colours on %j with %j: %s", (stream, env, expected) => {
  expect(wantsColor(stream, env)).toBe(expected);
});
