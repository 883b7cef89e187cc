import type { Settings } from "../platform/settings/settings.ts";

/** Where a server with these settings will be reached from this machine: without and with the API's path. */
export function serverAddress(settings: Settings): { readonly url: string; readonly apiUrl: string } {
  const host = settings.get("PREFECT_SERVER_API_HOST");
  const isAny = host === "0.0.0.0" || host === "::";
  const name = isAny ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host;
  const url = `http://${name}:${settings.get("PREFECT_SERVER_API_PORT")}`;
  const path = (settings.get("PREFECT_SERVER_API_BASE_PATH") ?? "/api").replace(/^\/+|\/+$/g, "");
  return { url, apiUrl: `${url}/${path}` };
}
