import { quoted } from "../platform/log-format.ts";
import { allProfiles, editProfiles } from "../platform/profiles.ts";
import type { CliContext } from "./context.ts";

/**
 * Asks before a server starts whether this profile should point at it: without that, the next command would not find
 * the server. One other profile that already does is simply switched to.
 */
export async function offerProfile(context: CliContext, apiUrl: string): Promise<void> {
  const { out, prompt, uncheckedSettings } = context;
  const path = uncheckedSettings.get("PREFECT_PROFILES_PATH");
  const { byName } = allProfiles(path);
  const current = uncheckedSettings.profileName;
  const settings = byName.get(current) ?? {};
  if (settings["PREFECT_API_URL"] !== undefined) return;

  const matching = [...byName].filter(([, values]) => values["PREFECT_API_URL"] === apiUrl).map(([name]) => name);
  if (matching.length > 0) {
    const chosen =
      matching.length === 1 ? 0 : await prompt.select("Which profile would you like to switch to?", matching);
    const name = matching[chosen] ?? current;
    editProfiles(path, { kind: "use", name });
    out.success(`Switched to profile ${quoted(name)}`);
    return;
  }
  out.print(
    "The `PREFECT_API_URL` setting for your current profile doesn't match the address of the server that's running. You need to set it to communicate with the server.",
    "yellow",
  );
  const choice = await prompt.select("How would you like to proceed?", [
    "Create a new profile with `PREFECT_API_URL` set and switch to it",
    `Set \`PREFECT_API_URL\` in the current profile: ${quoted(current)}`,
  ]);
  if (choice === 0) await createProfile(context, path, apiUrl);
  else {
    const url = await prompt.text("Enter the `PREFECT_API_URL` value", apiUrl);
    editProfiles(path, { kind: "put", name: current, settings: { ...settings, PREFECT_API_URL: url } });
    out.success(`Set \`PREFECT_API_URL\` to ${quoted(url)} in the current profile ${quoted(current)}`);
  }
}

async function createProfile({ out, prompt }: CliContext, path: string, apiUrl: string): Promise<void> {
  const { byName } = allProfiles(path);
  let name = await prompt.text("Enter a new profile name");
  while (byName.has(name)) {
    out.print(`Profile ${quoted(name)} already exists. Please choose a different name.`, "red");
    name = await prompt.text("Enter a new profile name");
  }
  editProfiles(path, { kind: "put", name, settings: { PREFECT_API_URL: apiUrl } }, { kind: "use", name });
  out.success(`Switched to new profile ${quoted(name)}`);
}
