import type { Settings } from "../platform/settings/settings.ts";

/** Headers that say who asks. */
export function authorizationHeaders(settings: Settings): Record<string, string> {
  const login = settings.get("PREFECT_API_AUTH_STRING");
  const key = settings.get("PREFECT_API_KEY");
  return {
    ...settings.get("PREFECT_CLIENT_CUSTOM_HEADERS"),
    ...(login === undefined ? {} : { Authorization: `Basic ${Buffer.from(login).toString("base64")}` }),
    ...(key === undefined ? {} : { Authorization: `Bearer ${key}` }),
  };
}

/** Why the server at `apiUrl` is not healthy; `undefined` when it is. */
export async function healthProblem(
  apiUrl: string,
  settings: Settings,
  timeoutMs: number,
): Promise<string | undefined> {
  try {
    const response = await fetch(`${apiUrl}/health`, {
      headers: authorizationHeaders(settings),
      signal: AbortSignal.timeout(timeoutMs),
    });
    await response.arrayBuffer();
    return response.ok ? undefined : `the health check answered ${response.status}`;
  } catch (error) {
    return reasonOf(error);
  }
}

/** The version that the server says it has; `undefined` when it does not say. */
export async function readServerVersion(
  apiUrl: string,
  settings: Settings,
  timeoutMs: number,
): Promise<string | undefined> {
  try {
    const response = await fetch(`${apiUrl}/admin/version`, {
      headers: authorizationHeaders(settings),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const version: unknown = await response.json();
    return response.ok && typeof version === "string" ? version : undefined;
  } catch {
    return undefined;
  }
}

/** `fetch` says only that it failed; what happened is its cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (cause instanceof AggregateError && cause.errors[0] instanceof Error) return cause.errors[0].message;
  return cause instanceof Error ? cause.message : error.message;
}
