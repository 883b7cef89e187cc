export interface UiSettings {
  readonly api_url: string;
  readonly csrf_enabled: boolean;
  readonly auth: "BASIC" | null;
}

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** What the server says about itself before anything else can be asked. */
export async function loadUiSettings(): Promise<UiSettings> {
  const response = await fetch("/ui-settings", { headers: { accept: "application/json" } });
  if (!response.ok) throw new Error(`The server answered ${response.status} to /ui-settings`);
  return (await response.json()) as UiSettings;
}

/**
 * Where the API is, seen from this page. A server that calls itself 127.0.0.1 while the page was opened as localhost
 * is the same one; asking it by the page's own name spares the browser's cross-origin checks.
 */
export function resolveApiUrl(apiUrl: string, page: URL): string {
  const url = new URL(apiUrl, page);
  const isSameServer = url.port === page.port && LOOPBACK.has(url.hostname) && LOOPBACK.has(page.hostname);
  return (isSameServer ? page.origin : url.origin) + url.pathname.replace(/\/+$/, "");
}
