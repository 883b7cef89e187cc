/**
 * Where settings come from, strongest first: values handed in, the environment, `.env`, `prefect.toml`,
 * `pyproject.toml` (`[tool.prefect]`), `package.json` (`"prefect"`), the active profile. What none of them has is a default.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { ConfigurationError } from "../../domain/errors.ts";
import { definitionOf, isSettingName, type SettingName } from "./table.ts";
import { isTable, readTomlFile, type TomlTable, tableAt } from "./toml-file.ts";

export type SettingSource =
  | "init"
  | "env"
  | ".env file"
  | "prefect.toml"
  | "pyproject.toml"
  | "package.json"
  | "profile"
  | "defaults";

/** Raw values of one source, by canonical name or alias. */
export interface SettingLayer {
  readonly source: SettingSource;
  readonly values: Readonly<Record<string, unknown>>;
}

export interface RawSetting {
  readonly source: SettingSource;
  readonly raw: unknown;
}

/** All layers but the profile, which can be chosen only when these have said where the profiles are. */
export function readLayers(options: {
  readonly overrides: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}): SettingLayer[] {
  const { overrides, env, cwd } = options;
  const layers: SettingLayer[] = [
    { source: "init", values: overrides },
    { source: "env", values: env },
    { source: ".env file", values: readDotEnv(join(cwd, ".env")) },
    { source: "prefect.toml", values: settingsOfTable(readTomlFile(join(cwd, "prefect.toml")) ?? {}) },
    { source: "pyproject.toml", values: settingsOfTable(readPyproject(join(cwd, "pyproject.toml"))) },
    { source: "package.json", values: settingsOfTable(readPackageJson(join(cwd, "package.json"))) },
  ];
  return layers.filter(({ values }) => Object.keys(values).length > 0);
}

/** The strongest value of a setting; in one layer its own name comes before its aliases. */
export function findRaw(layers: readonly SettingLayer[], name: SettingName): RawSetting | undefined {
  const spellings = [name, ...(definitionOf(name).aliases ?? [])];
  for (const { source, values } of layers) {
    for (const spelling of spellings) {
      const raw = values[spelling];
      if (raw !== undefined && raw !== null) return { source, raw };
    }
  }
  return undefined;
}

function readDotEnv(path: string): Readonly<Record<string, unknown>> {
  return existsSync(path) ? parseEnv(readFileSync(path, "utf8")) : {};
}

/** Most projects' pyproject.toml says nothing of Prefect; then it need not be parsed. */
function readPyproject(path: string): TomlTable {
  if (!existsSync(path) || !readFileSync(path, "utf8").includes("prefect")) return {};
  return tableAt(readTomlFile(path), "tool", "prefect");
}

function readPackageJson(path: string): TomlTable {
  if (!existsSync(path)) return {};
  const text = readFileSync(path, "utf8");
  if (!text.includes('"prefect"')) return {};
  try {
    return tableAt(JSON.parse(text) as TomlTable, "prefect");
  } catch (cause) {
    throw new ConfigurationError(`Failed to load Prefect settings from ${path}: invalid JSON`, { cause });
  }
}

/** `server.api.port`, nested in tables or dotted, is PREFECT_SERVER_API_PORT; keys of a map setting are left inside. */
function settingsOfTable(table: TomlTable, prefix = "PREFECT"): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(table)) {
    const name = `${prefix}_${key.toUpperCase().replaceAll(".", "_")}`;
    if (isTable(value) && !isSettingName(name)) Object.assign(values, settingsOfTable(value, name));
    else values[name] = value;
  }
  return values;
}
