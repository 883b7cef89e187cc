import { quoted } from "../../platform/log-format.ts";
import { allProfiles, editProfiles } from "../../platform/profiles.ts";
import { loadSettings, type Settings } from "../../platform/settings/settings.ts";
import { authorizationHeaders, healthProblem } from "../api-health.ts";
import { CliError } from "../cli-error.ts";
import { argument, command } from "../command.ts";

const CHECK_TIMEOUT_MS = 3000;

type Connection =
  | "cloud connected"
  | "cloud error"
  | "cloud unauthorized"
  | "server connected"
  | "server error"
  | "ephemeral"
  | "unconfigured"
  | "invalid";

export const use = command({
  name: "profile use",
  summary: "Set the given profile to active.",
  args: { name: argument() },

  async run({ name }, { out, cwd, uncheckedSettings }) {
    const path = uncheckedSettings.get("PREFECT_PROFILES_PATH");
    if (!allProfiles(path).byName.has(name)) throw new CliError(`Profile ${quoted(name)} not found.`);
    editProfiles(path, { kind: "use", name });

    if (process.stdout.isTTY === true) out.line("Checking API connectivity...");
    // Without the environment: what counts is what the profile itself says.
    const env = { PREFECT_HOME: uncheckedSettings.get("PREFECT_HOME"), PREFECT_PROFILES_PATH: path };
    const connection = await checkConnection(loadSettings({ env, cwd, profile: name }));
    const { isGood, message } = outcomes(quoted(name))[connection];
    if (!isGood) throw new CliError(message);
    out.success(message);
  },
});

function outcomes(profile: string): Record<Connection, { readonly isGood: boolean; readonly message: string }> {
  const good = (message: string) => ({ isGood: true, message });
  const bad = (message: string) => ({ isGood: false, message });
  return {
    "cloud connected": good(`Connected to Prefect Cloud using profile ${profile}`),
    "cloud error": bad(`Error connecting to Prefect Cloud using profile ${profile}`),
    "cloud unauthorized": bad(`Error authenticating with Prefect Cloud using profile ${profile}`),
    "server connected": good(`Connected to Prefect server using profile ${profile}`),
    "server error": bad(`Error connecting to Prefect server using profile ${profile}`),
    ephemeral: good(`No Prefect server specified using profile ${profile} - the API will run in ephemeral mode.`),
    unconfigured: bad(
      `Prefect server URL not configured using profile ${profile} - please configure the server URL or enable ephemeral mode.`,
    ),
    invalid: bad("Error connecting to Prefect API URL"),
  };
}

async function checkConnection(settings: Settings): Promise<Connection> {
  const { serverType } = settings;
  if (serverType === "ephemeral" || serverType === "unconfigured") return serverType;
  if (serverType === "cloud") return checkCloud(settings);
  const apiUrl = settings.get("PREFECT_API_URL") ?? "";
  if (!/^https?:\/\//.test(apiUrl)) return "invalid";
  return (await healthProblem(apiUrl, settings, CHECK_TIMEOUT_MS)) === undefined ? "server connected" : "server error";
}

async function checkCloud(settings: Settings): Promise<Connection> {
  try {
    const { ok, status } = await fetch(`${settings.get("PREFECT_CLOUD_API_URL")}/me/workspaces`, {
      headers: authorizationHeaders(settings),
      signal: AbortSignal.timeout(CHECK_TIMEOUT_MS),
    });
    if (status === 401 || status === 403) return "cloud unauthorized";
    return ok ? "cloud connected" : "cloud error";
  } catch {
    return "cloud error";
  }
}
