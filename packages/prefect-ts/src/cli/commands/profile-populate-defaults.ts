import { copyFileSync, existsSync } from "node:fs";
import { builtInProfiles, editProfiles, readProfiles } from "../../platform/profiles.ts";
import { command } from "../command.ts";

export const populateDefaults = command({
  name: "profile populate-defaults",
  summary: "Populate the profiles configuration with default base profiles, preserving existing user profiles.",

  async run(_, { out, prompt, uncheckedSettings }) {
    const path = uncheckedSettings.get("PREFECT_PROFILES_PATH");
    const isNew = !existsSync(path);
    const own = readProfiles(path).byName;
    const added = [...builtInProfiles.byName].filter(([name]) => !own.has(name));

    if (isNew) out.print("\nCreating new profiles file with default profiles.", "bold");
    if (added.length === 0) {
      out.success("No changes needed. All profiles are up to date.");
      return;
    }
    out.print("\nProposed Changes:", "bold cyan");
    for (const [name] of added) out.print(`  ${out.paint("•", "blue")} Add '${name}'`);

    if (!isNew && prompt.canAsk && (await prompt.confirm(`\nBack up existing profiles to ${path}.bak?`))) {
      copyFileSync(path, `${path}.bak`);
      out.print(`Profiles backed up to ${path}.bak`);
    }
    if (prompt.canAsk && !(await prompt.confirm(`\nUpdate profiles at ${path}?`))) {
      out.print("Operation cancelled.");
      return;
    }
    editProfiles(path, ...added.map(([name, settings]) => ({ kind: "put", name, settings }) as const));

    out.line(`\nProfiles updated in ${out.paint(path, "green")}`);
    out.line(`\nUse with ${out.paint("prefect profile use", "green")} ${out.paint("[PROFILE-NAME]", "blue")}`);
    out.line("\nAvailable profiles:");
    for (const name of [...own.keys(), ...added.map(([name]) => name)]) out.line(`  - ${name}`);
  },
});
