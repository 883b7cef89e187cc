import { expect, test } from "vitest";
import { parseSetting } from "./parse.ts";
import { canonicalName, definitionOf, settingNames } from "./table.ts";

test("every setting's default is a value that it accepts", () => {
  const optional = settingNames.filter((name) => definitionOf(name).fallback === undefined);
  for (const name of settingNames) {
    const definition = definitionOf(name);
    if (!optional.includes(name))
      expect(parseSetting(definition, definition.fallback), name).toEqual(definition.fallback);
  }
  expect(settingNames.length).toBeGreaterThan(220);
});

test("no alias stands for two settings, or hides one", () => {
  const aliases = settingNames.flatMap((name) => definitionOf(name).aliases ?? []);
  expect(new Set([...aliases, ...settingNames]).size).toBe(aliases.length + settingNames.length);
});

test.each([
  ["PREFECT_API_DATABASE_CONNECTION_URL", "PREFECT_SERVER_DATABASE_CONNECTION_URL"],
  ["PREFECT_API_URL", "PREFECT_API_URL"],
  ["PREFECT_NOPE", undefined],
  ["toString", undefined],
])("%s is %s", (name, canonical) => {
  expect(canonicalName(name)).toBe(canonical);
});
