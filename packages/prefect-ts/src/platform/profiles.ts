/**
 * Profiles: named groups of settings in `profiles.toml`, one of them active. Four are built in and need not be in the
 * file; a profile there of the same name replaces them. The file is the one Prefect's own CLI reads and writes.
 */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { ConfigurationError } from "../domain/errors.ts";
import { editProfilesText, type ProfileEdit, printProfiles } from "./profiles-text.ts";
import { canonicalName } from "./settings/table.ts";
import { isTable, parseTomlFile, readTomlFile, type TomlTable, tableAt } from "./settings/toml-file.ts";

export type ProfileSettings = Readonly<Record<string, string>>;

export interface Profiles {
  /** The file's `active`; `undefined` when it says nothing. */
  readonly active: string | undefined;
  /** In the order of the file. */
  readonly byName: ReadonlyMap<string, ProfileSettings>;
}

const DEFAULT_PROFILE = "ephemeral";

export const builtInProfiles: Profiles = {
  active: DEFAULT_PROFILE,
  byName: new Map<string, ProfileSettings>([
    ["ephemeral", { PREFECT_SERVER_EPHEMERAL_ENABLED: "true" }],
    ["local", { PREFECT_API_URL: "http://127.0.0.1:4200/api" }],
    [
      "test",
      {
        PREFECT_SERVER_EPHEMERAL_ENABLED: "true",
        PREFECT_SERVER_DATABASE_CONNECTION_URL: "sqlite+aiosqlite:///:memory:",
      },
    ],
    ["cloud", {}],
  ]),
};

/** The profiles of the file; none when there is no file. */
export function readProfiles(path: string): Profiles {
  return profilesOf(path, readTomlFile(path) ?? {});
}

/** The built-in profiles and the file's, which win. */
export function allProfiles(path: string | undefined): Profiles {
  if (path === undefined) return builtInProfiles;
  const own = readProfiles(path);
  return {
    active: own.active ?? builtInProfiles.active,
    byName: new Map([...builtInProfiles.byName, ...own.byName]),
  };
}

/**
 * The profile to use: the one asked for, else PREFECT_PROFILE, else the file's active one. One asked for must exist;
 * another that does not is replaced by the default, with a warning.
 */
export function activeProfileName(
  profiles: Profiles,
  asked: string | undefined,
  fromEnv: string | undefined,
): { readonly name: string; readonly warning?: string } {
  if (asked !== undefined) {
    if (profiles.byName.has(asked)) return { name: asked };
    throw new ConfigurationError(`Unknown profile '${asked}'.`);
  }
  const name = fromEnv ?? profiles.active ?? DEFAULT_PROFILE;
  if (profiles.byName.has(name)) return { name };
  const where = fromEnv === undefined ? "in the profiles file" : "by environment variable";
  return {
    name: DEFAULT_PROFILE,
    warning: `Active profile '${name}' set ${where} not found. The default profile will be used instead.`,
  };
}

/**
 * Changes the profiles file and nothing else in it: comments and order stay. A file in a form that cannot be edited line
 * by line is written anew. A reader never sees half a file.
 */
export function editProfiles(path: string, ...edits: readonly ProfileEdit[]): void {
  const text = existsSync(path) ? readFileSync(path, "utf8") : "";
  const before = profilesOf(path, parseTomlFile(path, text));
  const wanted = edits.reduce(applyEdit, before);
  const edited = editProfilesText(text, edits);
  writeWhole(path, spells(path, edited, wanted) ? edited : printProfiles(wanted));
}

/** The settings by their canonical names; a canonical name that is there beats its aliases. */
export function withCanonicalNames(settings: ProfileSettings): ProfileSettings {
  const renamed: Record<string, string> = {};
  for (const [name, value] of Object.entries(settings)) {
    const canonical = canonicalName(name) ?? name;
    if (canonical === name || settings[canonical] === undefined) renamed[canonical] = value;
  }
  return renamed;
}

function spells(path: string, text: string, wanted: Profiles): boolean {
  try {
    return isDeepStrictEqual(profilesOf(path, parseTomlFile(path, text)), wanted);
  } catch {
    return false;
  }
}

function profilesOf(path: string, table: TomlTable): Profiles {
  const { active } = table;
  if (active !== undefined && typeof active !== "string") {
    throw new ConfigurationError(`'active' in ${path} must be the name of a profile, in quotes.`);
  }
  const byName = new Map<string, ProfileSettings>();
  for (const [name, settings] of Object.entries(tableAt(table, "profiles"))) {
    if (!isTable(settings)) throw new ConfigurationError(`Profile '${name}' in ${path} must be a table of settings.`);
    const values = Object.entries(settings).map(([key, value]) => [key, rawText(value)]);
    byName.set(name, Object.fromEntries(values) as ProfileSettings);
  }
  return { active, byName };
}

/** TOML may hold numbers, booleans and lists; a profile keeps the text that would stand in the environment. */
function rawText(value: unknown): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function applyEdit(profiles: Profiles, edit: ProfileEdit): Profiles {
  const { active, byName } = profiles;
  switch (edit.kind) {
    case "use":
      return { active: edit.name, byName };
    case "put":
      return { active, byName: new Map([...byName, [edit.name, edit.settings]]) };
    case "remove":
      return { active, byName: new Map([...byName].filter(([name]) => name !== edit.name)) };
    case "rename":
      return {
        active,
        byName: new Map([...byName].map(([name, value]) => [name === edit.name ? edit.to : name, value])),
      };
  }
}

function writeWhole(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const target = existsSync(path) ? realpathSync(path) : path;
  const mode = existsSync(target) ? statSync(target).mode & 0o777 : 0o600;
  const draft = `${target}.${process.pid}.tmp`;
  writeFileSync(draft, text, { mode });
  chmodSync(draft, mode);
  renameSync(draft, target);
}
