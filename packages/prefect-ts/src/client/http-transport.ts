import { type PathOf, pathOf } from "../contract/paths.ts";
import { ConfigurationError, InvalidRequestError, UnavailableError } from "../domain/errors.ts";
import { type CsrfTokens, createCsrfTokens } from "./csrf-tokens.ts";
import type { RouteCall, RouteReply, Transport } from "./transport.ts";

export interface HttpTransportOptions {
  /** With the `/api` suffix; a slash at its end does not matter. */
  readonly apiUrl: string;
  /** Read before every call: authorisation, version, user agent. */
  readonly headers?: () => Readonly<Record<string, string>>;
  /** `ask`: get a token before the first mutation, and stop asking when the server has none. Default `ask`. */
  readonly csrf?: "ask" | "off";
  readonly fetch?: typeof globalThis.fetch;
  /** Default 60,000. */
  readonly timeoutMs?: number;
}

const DEFAULT_TIMEOUT_MS = 60_000;

/** Carries calls over HTTP by `fetch`, each once: whoever wants retries wraps it. */
export function createHttpTransport(options: HttpTransportOptions): Transport {
  const http = new Http(options);
  const tokens = options.csrf === "off" ? undefined : createCsrfTokens((client) => http.csrfToken(client));

  return async (call) => {
    const path = pathOf(call.group, call.name);
    if (path === undefined) throw new InvalidRequestError(`There is no route ${call.group}.${call.name}`);
    return tokens === undefined || path.method === "GET" ? http.send(path, call) : mutate(http, tokens, path, call);
  };
}

async function mutate(http: Http, tokens: CsrfTokens, path: PathOf, call: RouteCall): Promise<RouteReply> {
  const reply = await http.send(path, call, await tokens.headers());
  if (reply.status !== 403 || !reply.body.includes("Invalid CSRF token")) return reply;
  tokens.forget();
  return http.send(path, call, await tokens.headers());
}

class Http {
  private readonly options: HttpTransportOptions;
  private readonly base: string;

  constructor(options: HttpTransportOptions) {
    this.options = options;
    this.base = options.apiUrl.replace(/\/+$/, "");
    if (!/^https?:\/\/[^/]/.test(this.base)) {
      throw new ConfigurationError(
        `The address of the API, "${options.apiUrl}", is none: PREFECT_API_URL has the form http://127.0.0.1:4200/api.`,
      );
    }
  }

  csrfToken(client: string): Promise<RouteReply> {
    const call = { group: "root", name: "csrf_token", params: {}, query: { client } } as const;
    return this.send({ method: "GET", path: "/csrf-token" }, call);
  }

  async send(path: PathOf, call: RouteCall, extra: Readonly<Record<string, string>> = {}): Promise<RouteReply> {
    const { fetch = globalThis.fetch, headers, timeoutMs = DEFAULT_TIMEOUT_MS } = this.options;
    const url = this.base + fillIn(path.path, call);
    const contentType = call.body === undefined ? {} : { "content-type": "application/json" };
    try {
      const response = await fetch(url, {
        method: path.method,
        headers: { ...contentType, ...headers?.(), ...extra },
        signal: AbortSignal.timeout(timeoutMs),
        ...(call.body === undefined ? {} : { body: call.body }),
      });
      return refuseWebPage(await toReply(response), this.base);
    } catch (cause) {
      if (cause instanceof ConfigurationError) throw cause;
      throw new UnavailableError(`No answer from ${this.base} to ${path.method} ${path.path}: ${reason(cause)}`, {
        cause,
      });
    }
  }
}

function fillIn(path: string, call: RouteCall): string {
  const filled = path.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(call.params[key] ?? ""));
  const query = new URLSearchParams(call.query).toString();
  return query === "" ? filled : `${filled}?${query}`;
}

async function toReply(response: Response): Promise<RouteReply> {
  const retryAfter = Number.parseFloat(response.headers.get("retry-after") ?? "");
  return {
    status: response.status,
    body: await response.text(),
    contentType: response.headers.get("content-type") ?? "",
    ...(Number.isFinite(retryAfter) ? { retryAfterSeconds: retryAfter } : {}),
  };
}

/** An address without `/api` answers with the dashboard. */
function refuseWebPage(reply: RouteReply, base: string): RouteReply {
  if (reply.status >= 400 || !reply.contentType.startsWith("text/html")) return reply;
  throw new ConfigurationError(
    `${base} answered with a web page instead of the API. Should PREFECT_API_URL end in /api?`,
  );
}

/** Node's fetch says "fetch failed" and hides what happened in the cause. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
