import { describe, expect, test } from "vitest";
import { UsageError } from "./cli-error.ts";
import {
  argument,
  command,
  flagOption,
  intOption,
  listOption,
  optionalFlag,
  restArguments,
  textOption,
} from "./command.ts";
import { closest, parseArguments } from "./parse-arguments.ts";

const start = command({
  name: "server start",
  summary: "",
  args: { name: argument(), rest: { ...restArguments(""), isRequired: false } },
  options: {
    host: textOption(""),
    limit: intOption("", 15, { short: "n" }),
    flowName: listOption(""),
    ui: optionalFlag(""),
    background: flagOption("", false, { short: "b" }),
    showDefaults: flagOption("", false, { negative: "hide-defaults" }),
    services: flagOption("", true, { isNegativeOnly: true }),
    jobVariable: listOption(""),
    output: textOption("", { short: "o" }),
  },
  run: () => {},
});

const parse = (...words: string[]) => parseArguments(start, words);

describe("parseArguments", () => {
  test("gives every parameter its value or its default", () => {
    expect(parse("x")).toEqual({
      name: "x",
      rest: [],
      host: undefined,
      limit: 15,
      flowName: [],
      ui: undefined,
      background: false,
      showDefaults: false,
      services: true,
      jobVariable: [],
      output: undefined,
    });
  });

  test.each([
    [["x", "--limit", "3"], { limit: 3 }],
    [["x", "--limit=-1"], { limit: -1 }],
    [["x", "-n", "-2"], { limit: -2 }],
    [["x", "-bojson"], { background: true, output: "json" }],
    [["--flow-name", "a", "x", "--flow-name", "b"], { name: "x", flowName: ["a", "b"] }],
    [["x", "--no-ui"], { ui: false }],
    [["x", "--ui", "--no-ui", "--ui"], { ui: true }],
    [["x", "--background=false"], { background: false }],
    [["x", "--show-defaults"], { showDefaults: true }],
    [["x", "--show-defaults", "--hide-defaults"], { showDefaults: false }],
    [["x", "--no-services"], { services: false }],
    [["x", "-jv", "a=1", "-jv", "b=2"], { jobVariable: ["a=1", "b=2"] }],
    [["--name", "x", "y", "z"], { name: "x", rest: ["y", "z"] }],
    [["--", "--x"], { name: "--x" }],
    [["x", "--host="], { host: "" }],
  ])("%j", (words, expected) => {
    expect(parse(...words)).toMatchObject(expected);
  });

  test.each([
    [[], 'Command "server start" parameter --name requires an argument.'],
    [["x", "--limit"], 'Command "server start" parameter --limit requires an argument.'],
    [["x", "--host", "--ui"], 'Command "server start" parameter --host requires an argument.'],
    [["x", "--limit", "abc"], 'Invalid value for --limit: unable to convert "abc" into int.'],
    [["x", "--background=perhaps"], 'Invalid value for --background: unable to convert "perhaps" into bool.'],
    [["x", "--hots", "h"], "Unknown option: --hots. Did you mean --host?"],
    [["x", "--services"], "Unknown option: --services."],
    [["x", "-z"], "Unknown option: -z."],
  ])("%j is refused", (words, message) => {
    expect(() => parse(...words)).toThrow(UsageError);
    expect(() => parse(...words)).toThrow(message);
  });

  test("words that nobody takes are refused", () => {
    const ls = command({ name: "flow ls", summary: "", run: () => {} });
    expect(() => parseArguments(ls, ["a", "b"])).toThrow('Command "flow ls" does not take "a", "b".');
  });
});

test("closest finds what was probably meant", () => {
  expect(closest("flow-rnu", ["flow", "flow-run", "server"])).toBe("flow-run");
  expect(closest("bogus", ["flow", "flow-run", "server"])).toBeUndefined();
});
