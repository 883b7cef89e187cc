import type { IncomingHttpHeaders } from "node:http";
import type { Settings } from "../platform/settings/settings.ts";

const METHODS = "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT";
const REMEMBERED_SECONDS = 600;

/** The answer to a browser that asks whether a page of an allowed origin may send a request. */
export function preflightHeaders(headers: IncomingHttpHeaders, settings: Settings): Record<string, string> {
  const methods = settings.get("PREFECT_SERVER_API_CORS_ALLOWED_METHODS");
  const allowedHeaders = settings.get("PREFECT_SERVER_API_CORS_ALLOWED_HEADERS");
  const asked = headers["access-control-request-headers"] ?? "*";
  return {
    "access-control-allow-methods": methods === "*" ? METHODS : methods,
    "access-control-allow-headers": allowedHeaders === "*" ? asked : allowedHeaders,
    "access-control-max-age": String(REMEMBERED_SECONDS),
  };
}
