import { ConfigurationError } from "../../domain/errors.ts";
import { activeProfileName, allProfiles } from "../profiles.ts";
import { apiUrlWarnings, derivations, type GetSetting, serverType } from "./derive.ts";
import { parseSetting, UnreadableSetting } from "./parse.ts";
import { findRaw, type RawSetting, readLayers, type SettingLayer, type SettingSource } from "./sources.ts";
import { definitionOf, type SettingName, type SettingValue, settingNames } from "./table.ts";

/** Values by setting, as text or already typed. */
export type SettingOverrides = { readonly [Name in SettingName]?: SettingValue<Name> | string };

export interface LoadSettingsOptions {
  /** Strongest of all; what a command line or a program says. */
  readonly overrides?: SettingOverrides;
  /** Default: the process's environment. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Folder of `.env`, `prefect.toml` and the like. Default: the working directory. */
  readonly cwd?: string;
  /** Name of the profile to use. Default: PREFECT_PROFILE, else the active one of the profiles file. */
  readonly profile?: string;
  /** With `false`, a wrong value throws only when it is asked for: for the commands that repair it. */
  readonly validate?: boolean;
}

/** Configuration as one process sees it; it does not change when a file or the environment does. */
export class Settings {
  readonly profileName: string;
  /** What is odd and works all the same, in words for the user. */
  readonly warnings: readonly string[];
  readonly #layers: readonly SettingLayer[];
  readonly #values = new Map<SettingName, unknown>();

  constructor(layers: readonly SettingLayer[], profileName: string, warnings: readonly string[]) {
    this.#layers = layers;
    this.profileName = profileName;
    this.warnings = warnings;
  }

  /** The typed value. Throws `ConfigurationError` when what was set cannot be read. */
  readonly get: GetSetting = <Name extends SettingName>(name: Name) => {
    if (!this.#values.has(name)) this.#values.set(name, this.#resolve(name));
    return this.#values.get(name) as SettingValue<Name>;
  };

  source(name: SettingName): SettingSource {
    return this.raw(name)?.source ?? "defaults";
  }

  isSet(name: SettingName): boolean {
    return this.raw(name) !== undefined;
  }

  /** What was written, where; `undefined` when nothing sets it. */
  raw(name: SettingName): RawSetting | undefined {
    return findRaw(this.#layers, name);
  }

  get serverType(): ReturnType<typeof serverType> {
    return serverType(this.get);
  }

  /** These settings with some values replaced. */
  with(overrides: SettingOverrides): Settings {
    return new Settings([{ source: "init", values: overrides }, ...this.#layers], this.profileName, this.warnings);
  }

  /** Reads every setting that is set. Throws `ConfigurationError` for the first that is wrong. */
  validate(): void {
    for (const name of settingNames) if (this.isSet(name)) this.get(name);
  }

  #resolve(name: SettingName): unknown {
    const definition = definitionOf(name);
    const found = this.raw(name);
    const value = found === undefined ? definition.fallback : this.#parse(name, found);
    const derive = derivations[name];
    return derive === undefined ? value : derive(value, this.get);
  }

  #parse(name: SettingName, { raw, source }: RawSetting): unknown {
    const definition = definitionOf(name);
    try {
      return parseSetting(definition, raw);
    } catch (cause) {
      if (!(cause instanceof UnreadableSetting)) throw cause;
      const shown = definition.isSecret === true ? "********" : typeof raw === "string" ? raw : JSON.stringify(raw);
      const origin = source === "profile" ? `profile '${this.profileName}'` : source;
      throw new ConfigurationError(`${name}='${shown}' (from ${origin}) ${cause.message}.`, { cause });
    }
  }
}

/**
 * Reads the configuration of this process.
 *
 * Throws `ConfigurationError` for a file that cannot be read, a value that cannot be (naming setting, value, source and
 * what is accepted), or a `profile` that does not exist.
 */
export function loadSettings(options: LoadSettingsOptions = {}): Settings {
  const { overrides = {}, env = process.env, cwd = process.cwd(), validate = true } = options;
  const layers = readLayers({ overrides, env, cwd });
  const base = new Settings(layers, "", []);
  const profiles = isTestProcess(env) ? allProfiles(undefined) : allProfiles(base.get("PREFECT_PROFILES_PATH"));
  const { name, warning } = activeProfileName(profiles, options.profile, env["PREFECT_PROFILE"]);

  const warnings = warning === undefined ? [] : [warning];
  const profile: SettingLayer = { source: "profile", values: profiles.byName.get(name) ?? {} };
  const settings = new Settings(
    options.profile === undefined ? [...layers, profile] : aboveEnvironment(profile, layers),
    name,
    warnings,
  );
  if (validate) settings.validate();
  const apiUrl = settings.raw("PREFECT_API_URL")?.raw;
  if (apiUrl !== undefined && !settings.get("PREFECT_SILENCE_API_URL_MISCONFIGURATION")) {
    warnings.push(...apiUrlWarnings(String(apiUrl)));
  }
  return settings;
}

/** Who names a profile for one command means it, whatever the environment says. */
function aboveEnvironment(profile: SettingLayer, layers: readonly SettingLayer[]): SettingLayer[] {
  return [
    ...layers.filter(({ source }) => source === "init"),
    profile,
    ...layers.filter(({ source }) => source !== "init"),
  ];
}

/** Tests of programs that use us must not see the profiles of whoever runs them. */
function isTestProcess(env: Readonly<Record<string, string | undefined>>): boolean {
  return [
    "PREFECT_TEST_MODE",
    "PREFECT_UNIT_TEST_MODE",
    "PREFECT_TESTING_TEST_MODE",
    "PREFECT_TESTING_UNIT_TEST_MODE",
  ].some((name) => Boolean(env[name]));
}
