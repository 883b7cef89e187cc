import { quoted } from "../../platform/log-format.ts";
import {
  allProfiles,
  editProfiles,
  type ProfileSettings,
  readProfiles,
  withCanonicalNames,
} from "../../platform/profiles.ts";
import { CliError } from "../cli-error.ts";
import { argument, command, optionalArgument, outputOption, textOption } from "../command.ts";
import type { CliContext } from "../context.ts";
import { isJsonWanted } from "../output.ts";
import { populateDefaults } from "./profile-populate-defaults.ts";
import { use } from "./profile-use.ts";

const ls = command({
  name: "profile ls",
  summary: "List profile names.",
  options: { output: outputOption },

  run({ output }, context) {
    const { out, uncheckedSettings } = context;
    const isJson = isJsonWanted(output);
    const current = uncheckedSettings.profileName;
    const names = [...readProfiles(profilesPath(context)).byName.keys()];
    if (isJson) {
      out.json(names.map((name) => ({ name, active: name === current })));
      return;
    }
    out.table({
      columns: [{ title: "Available Profiles:", align: "right", style: "gray", isNoWrap: true }],
      rows: names.map((name) => [name === current ? { text: `  * ${name}`, style: "green" } : `  ${name}`]),
      caption: "* active profile",
    });
  },
});

const create = command({
  name: "profile create",
  summary: "Create a new profile.",
  args: { name: argument() },
  options: { fromName: textOption("Copy an existing profile.", { long: "from" }) },

  run({ name, fromName }, context) {
    const { out } = context;
    const path = profilesPath(context);
    const { byName } = readProfiles(path);
    if (byName.has(name)) {
      throw new CliError(`Profile ${quoted(name)} already exists.`, {
        hint: `To create a new profile, remove the existing profile first:\n\n    prefect profile delete ${quoted(name)}`,
      });
    }
    const settings = fromName === undefined ? {} : byName.get(fromName);
    if (settings === undefined) throw new CliError(`Profile ${quoted(fromName ?? "")} not found.`);
    editProfiles(path, { kind: "put", name, settings });
    out.print(`
Created profile with properties:
    name - ${quoted(name)}
    from name - ${fromName ?? "None"}

Use created profile for future, subsequent commands:
    prefect profile use ${quoted(name)}

Use created profile temporarily for a single command:
    prefect -p ${quoted(name)} config view
`);
  },
});

const remove = command({
  name: "profile delete",
  summary: "Delete the given profile.",
  args: { name: argument() },

  async run({ name }, context) {
    const { out, prompt, uncheckedSettings } = context;
    const path = profilesPath(context);
    existing(allProfiles(path).byName, name);
    if (uncheckedSettings.profileName === name) {
      throw new CliError(
        `Profile ${quoted(name)} is the active profile. You must switch profiles before it can be deleted.`,
      );
    }
    const question = `Are you sure you want to delete profile with name ${quoted(name)}?`;
    if (prompt.canAsk && !(await prompt.confirm(question, false))) throw new CliError("Deletion aborted.");
    editProfiles(path, { kind: "remove", name });
    out.success(`Removed profile ${quoted(name)}.`);
  },
});

const rename = command({
  name: "profile rename",
  summary: "Change the name of a profile.",
  args: { name: argument(), newName: argument() },

  run({ name, newName }, context) {
    const { out, env } = context;
    const path = profilesPath(context);
    const { active, byName } = readProfiles(path);
    existing(byName, name);
    if (byName.has(newName)) throw new CliError(`Profile ${quoted(newName)} already exists.`);
    editProfiles(
      path,
      { kind: "rename", name, to: newName },
      ...(active === name ? [{ kind: "use", name: newName } as const] : []),
    );
    if (env["PREFECT_PROFILE"] === name) {
      out.print(
        `You have set your current profile to ${quoted(name)} with the PREFECT_PROFILE environment variable. You must update this variable to ${quoted(newName)} to continue using the profile.`,
      );
    }
    out.success(`Renamed profile ${quoted(name)} to ${quoted(newName)}.`);
  },
});

const inspect = command({
  name: "profile inspect",
  summary: "Display settings from a given profile; defaults to active.",
  args: { name: optionalArgument("Name of profile to inspect; defaults to active.") },
  options: { output: outputOption },

  run({ name: asked, output }, context) {
    const { out, uncheckedSettings } = context;
    const isJson = isJsonWanted(output);
    const name = asked ?? uncheckedSettings.profileName;
    if (asked === undefined && !isJson) out.line(`No name provided, defaulting to ${quoted(name)}`);
    const settings = withCanonicalNames(existing(allProfiles(profilesPath(context)).byName, name));
    if (isJson) out.json(settings);
    else if (Object.keys(settings).length === 0) out.line(`Profile ${quoted(name)} is empty.`);
    else for (const [key, value] of Object.entries(settings)) out.line(`${key}='${value}'`);
  },
});

function profilesPath({ uncheckedSettings }: CliContext): string {
  return uncheckedSettings.get("PREFECT_PROFILES_PATH");
}

function existing(profiles: ReadonlyMap<string, ProfileSettings>, name: string): ProfileSettings {
  const settings = profiles.get(name);
  if (settings === undefined) throw new CliError(`Profile ${quoted(name)} not found.`);
  return settings;
}

export const profileCommands = [ls, create, use, remove, rename, inspect, populateDefaults];
