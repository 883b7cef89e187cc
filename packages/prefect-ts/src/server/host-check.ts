/**
 * Keeps web pages away from a server that asks for no password. A page can make its visitor's browser call any local
 * port; it cannot forge `Host` and `Origin`. So a server on loopback refuses a `Host` that is not its own (a foreign
 * name that was made to resolve to 127.0.0.1), and every write and socket of an `Origin` that is not (a page from
 * elsewhere). Programs send no `Origin` and are never refused by it.
 */
import type { Settings } from "../platform/settings/settings.ts";

export interface HostCheck {
  /** Why the request is refused; undefined when it is not. */
  refuseHost(host: string | undefined): string | undefined;
  refuseOrigin(origin: string | undefined, host: string | undefined): string | undefined;
  isOriginAllowed(origin: string, host: string | undefined): boolean;
}

/** `boundHost` is the address that the server listens on. */
export function createHostCheck(settings: Settings, boundHost: string): HostCheck {
  const isOpen = settings.get("PREFECT_SERVER_API_AUTH_STRING") === undefined;
  const configured = settings.get("PREFECT_SERVER_API_ALLOWED_HOSTS");
  const names = new Set([boundHost, ...configured, ...urlHosts(settings)].map((name) => name.toLowerCase()));
  const allowsAllHosts = names.has("*") || !isOpen || (!isLoopback(boundHost) && configured.length === 0);
  const origins = allowedOrigins(settings, isOpen);

  const isHostAllowed = (host: string) => isLoopback(hostnameOf(host)) || names.has(hostnameOf(host));

  function isOriginAllowed(origin: string, host: string | undefined): boolean {
    if (origins === "*" || origins.has(origin)) return true;
    const originHost = hostOfOrigin(origin);
    if (originHost === undefined) return false;
    return originHost === host?.toLowerCase() || isHostAllowed(originHost);
  }

  return {
    refuseHost(host) {
      if (allowsAllHosts || host === undefined || isHostAllowed(host)) return undefined;
      return `The host '${host}' is not this server's. If it is, add it to PREFECT_SERVER_API_ALLOWED_HOSTS.`;
    },
    refuseOrigin(origin, host) {
      if (origin === undefined || isOriginAllowed(origin, host)) return undefined;
      return `Pages of '${origin}' may not change anything here. To let them, add it to PREFECT_SERVER_CORS_ALLOWED_ORIGINS.`;
    },
    isOriginAllowed,
  };
}

/** Prefect's default is every origin. Without a password that is meant only when somebody wrote it. */
function allowedOrigins(settings: Settings, isOpen: boolean): "*" | ReadonlySet<string> {
  const name = "PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS";
  if (isOpen && !settings.isSet(name)) return new Set();
  const origins = settings
    .get(name)
    .split(",")
    .map((origin) => origin.trim());
  return origins.includes("*") ? "*" : new Set(origins);
}

function urlHosts(settings: Settings): string[] {
  const urls = [
    settings.get("PREFECT_API_URL"),
    settings.get("PREFECT_UI_URL"),
    settings.get("PREFECT_SERVER_UI_API_URL"),
  ];
  return urls.flatMap((url) => (url !== undefined && URL.canParse(url) ? [new URL(url).hostname] : []));
}

function isLoopback(name: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(name);
}

/** `example.com` of `example.com:4200`. */
function hostnameOf(host: string): string {
  return host.replace(/:\d+$/, "").toLowerCase();
}

function hostOfOrigin(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
