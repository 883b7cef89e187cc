import { expect, test } from "vitest";
import { ConfigurationError, UnavailableError } from "../domain/errors.ts";
import { CliError, Exit, UsageError } from "./cli-error.ts";
import { createOutput } from "./output.ts";
import { reportError } from "./report-error.ts";

function report(error: unknown, options: { isJson?: boolean; wantsStack?: boolean } = {}) {
  const written = { stdout: "", stderr: "" };
  const stream = (name: "stdout" | "stderr") => ({
    write: (text: string) => {
      written[name] += text;
    },
  });
  const out = createOutput({
    stdout: stream("stdout"),
    stderr: stream("stderr"),
    hasColors: false,
    isWrapping: true,
    columns: "80",
  });
  const code = reportError(error, { out, isJson: false, wantsStack: false, ...options });
  return { code, ...written };
}

test.each([
  [new CliError("It failed.", { hint: "Try again." }), { code: 1, stdout: "It failed.\nTry again.\n", stderr: "" }],
  [new ConfigurationError("X is wrong."), { code: 1, stdout: "X is wrong.\n", stderr: "" }],
  [new ConfigurationError("Unknown profile 'x'."), { code: 1, stdout: "", stderr: "Unknown profile 'x'.\n" }],
  [new Exit(3), { code: 3, stdout: "", stderr: "" }],
  [
    new TypeError("boom"),
    { code: 1, stdout: "An exception occurred: boom\n", stderr: "Set PREFECT_DEBUG_MODE=1 to see where.\n" },
  ],
  ["thrown text", { code: 1, stdout: "An exception occurred: thrown text\n" }],
])("%s", (error, expected) => {
  expect(report(error)).toMatchObject(expected);
});

test("a mistake in the command line is boxed on stderr", () => {
  const { code, stdout, stderr } = report(new UsageError("Unknown option: --x."));
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(/^╭─ Error ─+╮\n│ Unknown option: --x\. +│\n╰─+╯\n$/);
});

test("a server that does not answer comes with advice, and JSON output stays clean", () => {
  const { stdout, stderr } = report(new UnavailableError("No answer."), { isJson: true });
  expect(stdout).toBe("");
  expect(stderr).toMatch(/^No answer\.\nIs the server running\?/);
});

test("debug mode shows where", () => {
  const { stderr } = report(new TypeError("boom"), { wantsStack: true });
  expect(stderr).toMatch(/^TypeError: boom\n {4}at /);
});
