/** Values that follow from other settings: addresses inferred from addresses, the database's address from its parts. */
import { homedir } from "node:os";
import { join } from "node:path";
import { ConfigurationError } from "../../domain/errors.ts";
import type { SettingName, SettingValue } from "./table.ts";

export type GetSetting = <Name extends SettingName>(name: Name) => SettingValue<Name>;

type Derivation = (value: unknown, get: GetSetting) => unknown;

/** Each sees what the sources gave, or the table's fallback. */
export const derivations: Partial<Record<SettingName, Derivation>> = {
  PREFECT_HOME: (value) => expandHome(String(value)),
  PREFECT_PROFILES_PATH: expandPath,
  // An empty one is how a shell takes back what a profile says.
  PREFECT_API_URL: (value) => (value === "" ? undefined : value),
  PREFECT_LOGGING_CONFIG_PATH: expandPath,
  PREFECT_RESULTS_LOCAL_STORAGE_PATH: expandPath,
  PREFECT_SERVER_MEMO_STORE_PATH: expandPath,
  PREFECT_UI_URL: (value, get) => value ?? uiUrl(get),
  PREFECT_CLOUD_UI_URL: (value, get) =>
    value ??
    get("PREFECT_CLOUD_API_URL")
      .replace("//api.", "//app.")
      .replace(/\/api$/, ""),
  PREFECT_SERVER_UI_API_URL: (value, get) => value ?? get("PREFECT_API_URL") ?? ownApiUrl(get),
  PREFECT_SERVER_DATABASE_CONNECTION_URL: databaseUrl,
  PREFECT_LOGGING_LEVEL: (value, get) => (isVerbose(get) ? "DEBUG" : value),
  PREFECT_INTERNAL_LOGGING_LEVEL: (value, get) => (isVerbose(get) ? "DEBUG" : value),
  PREFECT_LOGGING_TO_API_MAX_LOG_SIZE: (value, get) =>
    isCloud(get) ? Math.min(Number(value), get("PREFECT_CLOUD_MAX_LOG_SIZE")) : value,
};

function isCloud(get: GetSetting): boolean {
  return get("PREFECT_API_URL")?.startsWith(get("PREFECT_CLOUD_API_URL")) ?? false;
}

/** `server` and `cloud` have an address; without one the server is embedded, unless that is not allowed. */
export function serverType(get: GetSetting): "server" | "cloud" | "ephemeral" | "unconfigured" {
  if (isCloud(get)) return "cloud";
  if (get("PREFECT_API_URL")) return "server";
  return get("PREFECT_SERVER_EPHEMERAL_ENABLED") ? "ephemeral" : "unconfigured";
}

/** What is probably wrong with an API address that can be read all the same. */
export function apiUrlWarnings(url: string): string[] {
  const warnings: string[] = [];
  if (url.includes("app.prefect.cloud")) {
    warnings.push("`PREFECT_API_URL` points to `app.prefect.cloud`. Did you mean `api.prefect.cloud`?");
  }
  if (url.includes("account/")) warnings.push("`PREFECT_API_URL` uses `/account/` but should use `/accounts/`.");
  if (url.includes("workspace/")) warnings.push("`PREFECT_API_URL` uses `/workspace/` but should use `/workspaces/`.");
  if (/api\.prefect\.cloud\/(?!api)./.test(url)) {
    warnings.push("`PREFECT_API_URL` should have `/api` after the base URL.");
  }
  return warnings;
}

function isVerbose(get: GetSetting): boolean {
  return get("PREFECT_DEBUG_MODE") || get("PREFECT_TESTING_TEST_MODE");
}

function expandHome(path: string): string {
  return path === "~" || path.startsWith("~/") ? join(homedir(), path.slice(1)) : path;
}

function expandPath(value: unknown, get: GetSetting): string {
  return expandHome(String(value).replace("$PREFECT_HOME", get("PREFECT_HOME")));
}

function ownApiUrl(get: GetSetting): string {
  return `http://${get("PREFECT_SERVER_API_HOST")}:${get("PREFECT_SERVER_API_PORT")}/api`;
}

/** The dashboard lies where the API does, without `/api`; on Cloud its paths are in the singular. */
function uiUrl(get: GetSetting): string | undefined {
  const apiUrl = get("PREFECT_API_URL");
  if (!apiUrl) return undefined;
  const cloudUi = get("PREFECT_CLOUD_UI_URL");
  const base = isCloud(get) && cloudUi ? apiUrl.replace(get("PREFECT_CLOUD_API_URL"), cloudUi) : apiUrl;
  return base
    .replace(/\/api$/, "")
    .replace("/api/", "/")
    .replace("/accounts/", "/account/")
    .replace("/workspaces/", "/workspace/");
}

function databaseUrl(value: unknown, get: GetSetting): string {
  const url = value === "" ? databaseUrlFromParts(get) : String(value);
  const placeholder = /\$\{PREFECT_(?:SERVER|API)_DATABASE_PASSWORD\}/g;
  if (!placeholder.test(url)) return url;
  const password = get("PREFECT_SERVER_DATABASE_PASSWORD");
  if (password === undefined) {
    throw new ConfigurationError(
      "The database address asks for PREFECT_SERVER_DATABASE_PASSWORD, which is not set. Set it, or write the password into PREFECT_SERVER_DATABASE_CONNECTION_URL.",
    );
  }
  return url.replaceAll(placeholder, password);
}

function databaseUrlFromParts(get: GetSetting): string {
  const file = join(get("PREFECT_HOME"), "prefect-ts.db");
  const driver = get("PREFECT_SERVER_DATABASE_DRIVER");
  const name = get("PREFECT_SERVER_DATABASE_NAME");
  if (driver !== "postgresql+asyncpg") return `sqlite+aiosqlite:///${driver === undefined ? file : (name ?? file)}`;
  const host = get("PREFECT_SERVER_DATABASE_HOST");
  const user = get("PREFECT_SERVER_DATABASE_USER");
  const missing = Object.entries({ HOST: host, USER: user, NAME: name }).filter(([, part]) => part === undefined);
  if (host === undefined || user === undefined || name === undefined) {
    const names = missing.map(([part]) => `PREFECT_SERVER_DATABASE_${part}`).join(", ");
    throw new ConfigurationError(`PREFECT_SERVER_DATABASE_DRIVER is ${driver}, which also needs ${names}.`);
  }
  const password = get("PREFECT_SERVER_DATABASE_PASSWORD");
  const login =
    password === undefined ? encodeURIComponent(user) : `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
  return `${driver}://${login}@${host}:${get("PREFECT_SERVER_DATABASE_PORT") ?? 5432}/${name}`;
}
