import type { Settings } from "../platform/settings/settings.ts";

const BANNER = String.raw`
 ___ ___ ___ ___ ___ ___ _____
| _ \ _ \ __| __| __/ __|_   _|
|  _/   / _|| _|| _| (__  | |
|_| |_|_\___|_| |___\___| |_|
`;

/** What a server says when it is up. */
export function welcome(
  { url, apiUrl }: { readonly url: string; readonly apiUrl: string },
  settings: Settings,
): string {
  const dashboard = settings.get("PREFECT_SERVER_UI_ENABLED")
    ? `Check out the dashboard at ${url}`
    : "The dashboard is disabled. Set `PREFECT_UI_ENABLED=1` to re-enable it.";
  return `${BANNER}
Configure Prefect to communicate with the server with:

    prefect config set PREFECT_API_URL=${apiUrl}

View the API reference documentation at ${url}/docs

${dashboard}
`;
}
