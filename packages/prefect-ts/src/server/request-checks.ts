/** What is asked of a request before any route sees it: the API's version, a password, a CSRF token. */
import { timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { OLDEST_API_VERSION } from "../domain/emulation.ts";
import { isCsrfTokenValid } from "../resources/csrf-tokens.ts";
import type { ServerContext } from "./context.ts";
import { Reply } from "./implement.ts";

const USER_AGENT = /^prefect\/(\S+) \(API \S+\)$/;

/** The version of Prefect's client that asks; null for anybody else. */
export function clientVersionOf(userAgent: string | undefined): string | null {
  return userAgent === undefined ? null : (USER_AGENT.exec(userAgent)?.[1] ?? null);
}

/** A missing header is taken for the newest version. */
export function refuseApiVersion(header: string | string[] | undefined): Reply | undefined {
  if (header === undefined) return undefined;
  const version = /^(\d+)\.(\d+)\.(\d+)$/.exec(String(header));
  if (version === null) {
    const detail = `Invalid X-PREFECT-API-VERSION header format. Expected header in format 'x.y.z' but got '${header}'.`;
    return new Reply(400, { detail });
  }
  if (compareVersions(String(header), OLDEST_API_VERSION) >= 0) return undefined;
  return new Reply(400, {
    detail: `The API version ${header} is too old for this server, which speaks ${OLDEST_API_VERSION} and newer: upgrade the client.`,
  });
}

function compareVersions(left: string, right: string): number {
  const others = right.split(".").map(Number);
  for (const [index, part] of left.split(".").map(Number).entries()) {
    const difference = part - (others[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Compares without telling by its duration where two texts differ. */
export function isSameText(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

const UNAUTHORIZED = new Reply(401, { exception_message: "Unauthorized" });

/** `authString` is `user:password`, sent as Basic authentication. */
export function refuseWrongAuth(header: string | undefined, authString: string | undefined): Reply | undefined {
  if (authString === undefined) return undefined;
  const [scheme, credentials = ""] = (header ?? "").split(" ");
  const given = Buffer.from(credentials, "base64").toString("utf8");
  return scheme === "Basic" && isSameText(given, authString) ? undefined : UNAUTHORIZED;
}

/** Clients that find `Invalid CSRF token` in the answer get a new one and try again. */
export async function refuseWrongCsrfToken(
  headers: IncomingHttpHeaders,
  { db, clock }: ServerContext,
): Promise<Reply | undefined> {
  const token = headers["prefect-csrf-token"];
  const client = headers["prefect-csrf-client"];
  if (token === undefined) return new Reply(403, { detail: "Missing CSRF token." });
  if (client === undefined) return new Reply(403, { detail: "Missing client identifier." });
  if (await isCsrfTokenValid(db, String(client), String(token), clock.now())) return undefined;
  return new Reply(403, { detail: "Invalid CSRF token or client identifier." }, { "access-control-allow-origin": "*" });
}
