import { expect, test } from "vitest";
import { parseSetting } from "../platform/settings/parse.ts";
import { definitionOf, settingNames } from "../platform/settings/table.ts";
import { settingText } from "./setting-text.ts";

test.each([
  ["PREFECT_CLI_COLORS", true, "True"],
  ["PREFECT_API_URL", undefined, "None"],
  ["PREFECT_API_REQUEST_TIMEOUT", 60, "60.0"],
  ["PREFECT_SERVER_API_PORT", 4200, "4200"],
  ["PREFECT_SERVER_EVENTS_RETENTION_PERIOD", 604_800, "7 days, 0:00:00"],
  ["PREFECT_SERVER_EVENTS_PROACTIVE_GRANULARITY", 5, "0:00:05"],
  ["PREFECT_CLIENT_RETRY_EXTRA_CODES", [418, 500], "418,500"],
  ["PREFECT_CLIENT_CUSTOM_HEADERS", { "X-A": "1" }, '{"X-A":"1"}'],
] as const)("%s %j is shown as %s", (name, value, text) => {
  expect(settingText(name, value)).toBe(text);
});

test("what is shown for a default can be set again", () => {
  for (const name of settingNames) {
    const definition = definitionOf(name);
    if (definition.fallback === undefined) continue;
    const shown = settingText(name, definition.fallback);
    expect(parseSetting(definition, shown), name).toEqual(definition.fallback);
  }
});
