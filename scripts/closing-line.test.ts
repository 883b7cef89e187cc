import { afterEach, describe, expect, test, vi } from "vitest";
import { close, summarise } from "./closing-line.mjs";

const passed = (name: string) => ({ name, state: "passed" });
const skipped = (name: string, reason?: string) => ({ name, state: "skipped", reason });
const failed = (name: string) => ({ name, state: "failed" });

describe("summarise", () => {
  test.each([
    { results: [], passed: 0, failed: 0, skips: 0 },
    { results: [{ run: "a", tests: [passed("x"), failed("y"), skipped("z")] }], passed: 1, failed: 1, skips: 1 },
    { results: [{ run: "a", tests: [passed("x"), failed("x")] }], passed: 1, failed: 1, skips: 0 },
    // The same test on another Node is another test; run again on the same one, the later result counts.
    {
      results: [
        { run: "a", tests: [passed("x")] },
        { run: "b", tests: [passed("x")] },
      ],
      passed: 2,
      failed: 0,
      skips: 0,
    },
    {
      results: [
        { run: "a", tests: [skipped("x")] },
        { run: "a", tests: [passed("x")] },
      ],
      passed: 1,
      failed: 0,
      skips: 0,
    },
    {
      results: [
        { run: "a", tests: [passed("x")] },
        { run: "a", tests: [failed("x")] },
      ],
      passed: 0,
      failed: 1,
      skips: 0,
    },
    {
      results: [
        { run: "a", tests: [failed("x")] },
        { run: "a", tests: [passed("x")] },
      ],
      passed: 0,
      failed: 1,
      skips: 0,
    },
  ])("of $results", ({ results, passed, failed, skips }) => {
    const summary = summarise(results);
    expect([summary.passed, summary.failed, summary.skipped.length]).toEqual([passed, failed, skips]);
  });
});

describe("close", () => {
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  afterEach(() => log.mockClear());

  test("prints what was skipped with its reason, and the counts last, alone on their line", () => {
    close({ passed: 3, failed: 0, skipped: [1, 2].map((n) => ({ name: `browser > ${n}`, reason: "Chromium" })) });
    expect(log.mock.calls.map(([line]) => line)).toEqual([
      "skipped: browser (2): Chromium",
      "3 passed, 0 failed, 2 skipped",
    ]);
  });

  test.each([
    { summary: { passed: 2, failed: 0, skipped: [] }, options: {}, code: 0 },
    { summary: { passed: 2, failed: 1, skipped: [] }, options: {}, code: 1 },
    { summary: { passed: 0, failed: 0, skipped: [] }, options: {}, code: 1 },
    { summary: { passed: 2, failed: 0, skipped: [{ name: "x", reason: "Redis" }] }, options: {}, code: 0 },
    { summary: { passed: 2, failed: 0, skipped: [{ name: "x", reason: undefined }] }, options: {}, code: 1 },
    {
      summary: { passed: 2, failed: 0, skipped: [{ name: "x", reason: "Redis" }] },
      options: { areSkipsFailures: true },
      code: 1,
    },
  ])("answers exit code $code for $summary with $options", ({ summary, options, code }) => {
    expect(close(summary, options)).toBe(code);
  });
});
