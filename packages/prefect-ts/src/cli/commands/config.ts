import { quoted } from "../../platform/log-format.ts";
import { allProfiles, editProfiles, type ProfileSettings, withCanonicalNames } from "../../platform/profiles.ts";
import { parseSetting, UnreadableSetting } from "../../platform/settings/parse.ts";
import { canonicalName, definitionOf, type SettingName } from "../../platform/settings/table.ts";
import { CliError } from "../cli-error.ts";
import { command, flagOption, restArguments } from "../command.ts";
import type { CliContext } from "../context.ts";
import { view } from "./config-view.ts";

/** They say where profiles are, so no profile can hold them. */
const NOT_IN_PROFILES: ReadonlySet<string> = new Set(["PREFECT_HOME", "PREFECT_PROFILES_PATH"]);

const set = command({
  name: "config set",
  summary: "Change the value for a setting by setting the value in the current profile.",
  args: { settings: restArguments("Settings in VAR=VAL format") },

  run({ settings: assignments }, context) {
    const { out, env, uncheckedSettings } = context;
    const parsed = assignments.map(readAssignment);
    const problems = parsed.flatMap(({ name, canonical, value }) => problemWith(name, canonical, value));
    if (problems.length > 0) throw new CliError(problems.join("\n\n"));

    const changed = Object.fromEntries(parsed.map(({ canonical, value }) => [canonical, value]));
    saveProfile(context, { ...withCanonicalNames(currentProfile(context)), ...changed });
    for (const { name, value } of parsed) {
      out.print(`Set ${quoted(name)} to ${quoted(value)}.`);
      if (env[name] !== undefined) {
        out.print(
          `${name} is also set by an environment variable which will override your config value. Run \`unset ${name}\` to clear it.`,
          "yellow",
        );
      }
    }
    out.success(`Updated profile ${quoted(uncheckedSettings.profileName)}.`);
  },
});

const unset = command({
  name: "config unset",
  summary: "Restore the default value for a setting.",
  details: "Removes the setting from the current profile.",
  args: { settingNames: restArguments("Setting names to unset") },
  options: { yes: flagOption("Skip confirmation", false, { short: "y" }) },

  async run({ settingNames, yes }, context) {
    const { out, env, prompt, uncheckedSettings } = context;
    const names = [...new Set(settingNames)];
    const removed = names.map(knownSetting);
    const settings = withCanonicalNames(currentProfile(context));
    const absent = names.find((name) => settings[knownSetting(name)] === undefined);
    if (absent !== undefined) {
      throw new CliError(`${quoted(absent)} is not set in profile ${quoted(uncheckedSettings.profileName)}.`);
    }
    const listed = names.map(quoted).join(", ");
    const question = `Are you sure you want to unset the following setting(s): ${listed}?`;
    if (!yes && prompt.canAsk && !(await prompt.confirm(question))) throw new CliError("Unset aborted.");

    const left = Object.entries(settings).filter(([name]) => !removed.some((canonical) => canonical === name));
    saveProfile(context, Object.fromEntries(left));
    for (const name of names) {
      out.print(`Unset ${quoted(name)}.`);
      if (env[name] !== undefined) {
        out.print(
          `${quoted(name)} is also set by an environment variable. Use \`unset ${name}\` to clear it.`,
          "yellow",
        );
      }
    }
    out.success(`Updated profile ${quoted(uncheckedSettings.profileName)}.`);
  },
});

const validate = command({
  name: "config validate",
  summary: "Read and validate the current profile.",
  details: "Deprecated settings will be automatically converted to new names.",

  run(_, context) {
    const { out } = context;
    const settings = currentProfile(context);
    const problems = Object.entries(settings).flatMap(([name, value]) => {
      const canonical = canonicalName(name);
      if (canonical === undefined) out.note(`Setting ${quoted(name)} is not recognized`, "yellow");
      return canonical === undefined ? [] : problemWith(name, canonical, value);
    });
    if (problems.length > 0) throw new CliError(problems.join("\n\n"));
    const renamed = withCanonicalNames(settings);
    if (Object.keys(renamed).join() !== Object.keys(settings).join()) saveProfile(context, renamed);
    out.success("Configuration valid!");
  },
});

interface Assignment {
  /** As it was typed, which may be an alias. */
  readonly name: string;
  readonly canonical: SettingName;
  readonly value: string;
}

function readAssignment(text: string): Assignment {
  const at = text.indexOf("=");
  if (at === -1) throw new CliError(`Failed to parse argument ${quoted(text)}. Use the format 'VAR=VAL'.`);
  const name = text.slice(0, at);
  const canonical = knownSetting(name);
  if (NOT_IN_PROFILES.has(name)) {
    throw new CliError(
      `Setting ${quoted(name)} cannot be changed with this command. Use an environment variable instead.`,
    );
  }
  return { name, canonical, value: text.slice(at + 1) };
}

function knownSetting(name: string): SettingName {
  const canonical = canonicalName(name);
  if (canonical === undefined) throw new CliError(`Unknown setting name ${quoted(name)}.`);
  return canonical;
}

function problemWith(name: string, canonical: SettingName, value: string): string[] {
  try {
    parseSetting(definitionOf(canonical), value);
    return [];
  } catch (error) {
    if (!(error instanceof UnreadableSetting)) throw error;
    return [`Validation error(s) for setting ${name}\n\n - The value ${error.message}`];
  }
}

function currentProfile({ uncheckedSettings }: CliContext): ProfileSettings {
  const { byName } = allProfiles(uncheckedSettings.get("PREFECT_PROFILES_PATH"));
  return byName.get(uncheckedSettings.profileName) ?? {};
}

function saveProfile({ uncheckedSettings }: CliContext, settings: ProfileSettings): void {
  const path = uncheckedSettings.get("PREFECT_PROFILES_PATH");
  editProfiles(path, { kind: "put", name: uncheckedSettings.profileName, settings });
}

export const configCommands = [set, unset, validate, view];
