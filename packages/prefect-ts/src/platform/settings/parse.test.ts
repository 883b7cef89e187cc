import { describe, expect, test } from "vitest";
import type { SettingDefinition } from "./define.ts";
import { parseSetting, UnreadableSetting } from "./parse.ts";

function definition(kind: SettingDefinition["kind"], rest: Partial<SettingDefinition> = {}): SettingDefinition {
  return { kind, fallback: undefined, description: "", ...rest };
}

describe("parseSetting", () => {
  test.each([
    ["flag", "True", true],
    ["flag", "on", true],
    ["flag", "0", false],
    ["flag", false, false],
    ["int", "4200", 4200],
    ["int", "1_000", 1000],
    ["int", "3.0", 3],
    ["int", 5, 5],
    ["float", "0.5", 0.5],
    ["float", "1e3", 1000],
    ["text", "", ""],
    ["text", 12, "12"],
    ["logLevel", "debug", "DEBUG"],
    ["duration", "90", 90],
    ["duration", "PT1H30M", 5400],
    ["duration", "P7D", 604_800],
    ["duration", "0:05:00", 300],
    ["duration", "7 days, 0:00:01", 604_801],
    ["duration", "-1 day, 23:00:00", -3600],
    ["delays", "10", 10],
    ["delays", "1,2.5, 4", [1, 2.5, 4]],
    ["delays", [3], [3]],
    ["delays", "", 0],
    ["textList", "a, b,,a", ["a", "b"]],
    ["textList", '["x", "y z"]', ["x", "y z"]],
    ["statusCodes", "429, 500", [429, 500]],
    ["statusCodes", 418, [418]],
    ["textMap", '{"X-A": "1"}', { "X-A": "1" }],
    ["textMap", { b: "2" }, { b: "2" }],
    ["durationMap", '{"prefect.x": "P1D"}', { "prefect.x": 86_400 }],
  ] as const)("%s reads %j as %j", (kind, raw, value) => {
    expect(parseSetting(definition(kind), raw)).toEqual(value);
  });

  test.each([
    ["flag", "maybe", /true or false/],
    ["flag", "", /true or false/],
    ["int", "abc", /whole number/],
    ["int", "1.5", /whole number/],
    ["int", "9007199254740993", /whole number/],
    ["float", "", /number/],
    ["float", "NaN", /number/],
    ["float", "0x10", /number/],
    ["logLevel", "LOUD", /DEBUG, INFO/],
    ["duration", "soon", /PT1H30M/],
    ["delays", "1,-2", /negative/],
    ["statusCodes", "42", /100 to 599/],
    ["textMap", "{", /valid JSON/],
    ["textMap", "[1]", /JSON object/],
    ["textMap", '{"a": {}}', /text/],
    ["durationMap", '{"a": 0}', /greater than 0/],
  ] as const)("%s refuses %j", (kind, raw, message) => {
    expect(() => parseSetting(definition(kind), raw)).toThrow(message);
    expect(() => parseSetting(definition(kind), raw)).toThrow(UnreadableSetting);
  });

  test.each([
    [{ min: 1 }, "0", /at least 1/],
    [{ above: 0 }, "0", /greater than 0/],
    [{ max: 3600 }, "3601", /at most 3600/],
  ])("bounds %j refuse %s", (bounds, raw, message) => {
    expect(() => parseSetting(definition("float", bounds), raw)).toThrow(message);
  });

  test("a choice takes one of its words", () => {
    const words = definition("choice", { choices: ["warn", "error"] });
    expect(parseSetting(words, "error")).toBe("error");
    expect(() => parseSetting(words, "ERROR")).toThrow("must be one of warn, error");
  });
});
