import { expect, test } from "vitest";
import { readGlobalOptions } from "./global-options.ts";

test.each([
  [["-p", "x", "config", "view"], { profile: "x", words: ["config", "view"] }],
  [["config", "view", "--profile", "x"], { profile: "x", words: ["config", "view"] }],
  [["--profile=x", "version"], { profile: "x", words: ["version"] }],
  [["worker", "start", "-p", "pool"], { words: ["worker", "start", "-p", "pool"] }],
  [["--no-prompt", "deploy"], { canPrompt: false, words: ["deploy"] }],
  [["deploy", "--prompt"], { canPrompt: true, words: ["deploy"] }],
  [["-p", "x", "--version"], { wantsVersion: true }],
  [["deploy", "--version", "1"], { wantsVersion: false, words: ["deploy", "--version", "1"] }],
  [["flow-run", "logs", "-h"], { wantsHelp: false, words: ["flow-run", "logs", "-h"] }],
  [["flow-run", "logs", "--help"], { wantsHelp: true, words: ["flow-run", "logs"] }],
  [["shell", "--", "--help"], { wantsHelp: false, words: ["shell", "--", "--help"] }],
])("%j", (argv, expected) => {
  expect(readGlobalOptions(argv)).toMatchObject(expected);
});

test("a profile needs a name", () => {
  expect(() => readGlobalOptions(["config", "view", "--profile"])).toThrow("--profile requires an argument");
});
