import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { ConfigurationError } from "../../domain/errors.ts";

/** What a TOML parser makes of a table. */
export type TomlTable = Readonly<Record<string, unknown>>;

type TomlLibrary = typeof import("smol-toml");

// Loaded only when there is a file to read: most commands start without it, and settings are read synchronously.
const require = createRequire(import.meta.url);

/** A TOML file's content; `undefined` when there is no such file. Throws `ConfigurationError` when it is not TOML. */
export function readTomlFile(path: string): TomlTable | undefined {
  if (!existsSync(path)) return undefined;
  return parseTomlFile(path, readFileSync(path, "utf8"));
}

export function parseTomlFile(path: string, text: string): TomlTable {
  try {
    return (require("smol-toml") as TomlLibrary).parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause);
    throw new ConfigurationError(`Failed to load Prefect settings from ${path}: invalid TOML (${reason})`, { cause });
  }
}

export function tableAt(table: TomlTable | undefined, ...keys: readonly string[]): TomlTable {
  let at: unknown = table;
  for (const key of keys) at = isTable(at) ? at[key] : undefined;
  return isTable(at) ? at : {};
}

export function isTable(value: unknown): value is TomlTable {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
