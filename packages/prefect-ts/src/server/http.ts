/**
 * The HTTP door: maps URLs to routes and carries their answers, with what Prefect's clients expect around them (the
 * version header, passwords, CSRF, gzip, 307 for slashes, the bodies of errors). Bodies go to the routes as text.
 */
import { isUtf8 } from "node:buffer";
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { Logger } from "../platform/logger.ts";
import type { Settings } from "../platform/settings/settings.ts";
import type { ServerApp } from "./app.ts";
import { acceptsGzip, compress } from "./compression.ts";
import { preflightHeaders } from "./cors.ts";
import { allRoutes, type RouteAnswer, type RouteRequest } from "./dispatch.ts";
import type { HostCheck } from "./host-check.ts";
import { Reply } from "./implement.ts";
import { clientVersionOf, refuseApiVersion, refuseWrongAuth, refuseWrongCsrfToken } from "./request-checks.ts";
import { createStaticFiles } from "./static-files.ts";
import { answerUnknown } from "./unknown-paths.ts";

/** Segments of a path may be as long as the longest name that can be asked for. */
const LONGEST_PARAMETER = 8192;
const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);
/** These answer without a password, so that a load balancer can ask. */
const OPEN_PATHS = new Set(["/health", "/ready"]);
const UNVERSIONED = new Set(["root.health", "root.version"]);

export interface HttpDoor {
  readonly app: ServerApp;
  readonly hostCheck: HostCheck;
  /** Where the API begins: `/api`. */
  readonly basePath: string;
}

export function createHttpServer(door: HttpDoor): FastifyInstance {
  const { settings } = door.app.context;
  const logger = door.app.logger.child("http");
  const server = fastify({
    logger: false,
    exposeHeadRoutes: false,
    bodyLimit: settings.get("PREFECT_SERVER_API_MAX_REQUEST_SIZE"),
    keepAliveTimeout: settings.get("PREFECT_SERVER_API_KEEPALIVE_TIMEOUT") * 1000,
    routerOptions: { maxParamLength: LONGEST_PARAMETER },
    frameworkErrors: (error, request, reply) => void sendError(error, request, reply, logger),
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  server.addHook("onRequest", createGate(door));
  if (logger.isEnabled("DEBUG")) {
    server.addHook("onResponse", async (request, reply) => {
      logger.debug(`${request.method} ${request.url} ${reply.statusCode} ${reply.elapsedTime.toFixed(1)} ms`);
    });
  }
  server.setErrorHandler((error, request, reply) => sendError(error, request, reply, logger));
  addRoutes(server, door);
  addOtherPaths(server, door, settings);
  return server;
}

type Hook = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

/** What every request must pass, and the headers that every answer carries. */
function createGate({ app, hostCheck, basePath }: HttpDoor): Hook {
  const { settings } = app.context;
  const authString = settings.get("PREFECT_SERVER_API_AUTH_STRING");
  const asksForCsrf = settings.get("PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED");

  async function refuse(request: FastifyRequest): Promise<Reply | undefined> {
    const { host, origin } = request.headers;
    const isWrite = !SAFE_METHODS.has(request.method);
    const detail = hostCheck.refuseHost(host) ?? (isWrite ? hostCheck.refuseOrigin(origin, host) : undefined);
    if (detail !== undefined) return new Reply(403, { detail });
    if (isWrite && asksForCsrf) {
      const refusal = await refuseWrongCsrfToken(request.headers, app.context);
      if (refusal !== undefined) return refusal;
    }
    const path = pathOf(request.url);
    if (!path.startsWith(`${basePath}/`) || OPEN_PATHS.has(path.slice(basePath.length))) return undefined;
    return request.method === "OPTIONS" ? undefined : refuseWrongAuth(request.headers.authorization, authString);
  }

  return async (request, reply) => {
    const { origin, host } = request.headers;
    if (origin !== undefined && hostCheck.isOriginAllowed(origin, host)) {
      reply.header("access-control-allow-origin", origin).header("vary", "origin");
    }
    const refusal = await refuse(request);
    if (refusal === undefined) return undefined;
    return sendReply(reply, refusal);
  };
}

function addRoutes(server: FastifyInstance, { app, basePath }: HttpDoor): void {
  for (const { group, name, method, path } of allRoutes()) {
    const isVersioned = !UNVERSIONED.has(`${group}.${name}`);
    server.route({
      method,
      url: basePath + path,
      handler: async (request, reply) => {
        const refusal = isVersioned ? refuseApiVersion(request.headers["x-prefect-api-version"]) : undefined;
        if (refusal !== undefined) return sendReply(reply, refusal);
        const body = readBody(request);
        if (body instanceof Reply) return sendReply(reply, body);
        const asked: RouteRequest = {
          group,
          name,
          params: request.params as Record<string, string>,
          query: lastValues(request.query as Record<string, string | string[]>),
          body,
          clientVersion: clientVersionOf(request.headers["user-agent"]),
        };
        return send(request, reply, await app.dispatch(asked));
      },
    });
  }
}

/** A body without a content type is taken for JSON. */
function readBody(request: FastifyRequest): string | undefined | Reply {
  const body = request.body as Buffer | undefined;
  if (body === undefined || body.length === 0) return undefined;
  const type = request.headers["content-type"];
  if (type !== undefined && !/^application\/([\w.+-]+\+)?json\b/i.test(type)) {
    return unreadable(`The body must be JSON, not ${type}`);
  }
  return isUtf8(body) ? body.toString("utf8") : unreadable("The body is not valid UTF-8");
}

function unreadable(msg: string): Reply {
  return new Reply(422, {
    exception_message: "Invalid request received.",
    exception_detail: [{ type: "json_invalid", loc: ["body"], msg, input: {} }],
    request_body: null,
  });
}

function lastValues(query: Record<string, string | string[]>): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [key, value] of Object.entries(query)) values[key] = Array.isArray(value) ? (value.at(-1) ?? "") : value;
  return values;
}

async function send(request: FastifyRequest, reply: FastifyReply, answer: RouteAnswer): Promise<FastifyReply> {
  reply.code(answer.status).headers(answer.headers);
  const compressed = acceptsGzip(request.headers["accept-encoding"]) ? compress(answer.body) : undefined;
  if (compressed === undefined) return reply.send(answer.status === 204 ? undefined : answer.body);
  return reply
    .header("content-encoding", "gzip")
    .header("vary", "accept-encoding")
    .send(await compressed);
}

function sendReply(reply: FastifyReply, { status, body, headers }: Reply): FastifyReply {
  if (body === "") return reply.code(status).headers(headers).send();
  return reply
    .code(status)
    .headers({ "content-type": "application/json", ...headers })
    .send(JSON.stringify(body));
}

/** The dashboard, its settings, preflights, and whatever fits no route. */
function addOtherPaths(server: FastifyInstance, { hostCheck, basePath }: HttpDoor, settings: Settings): void {
  const uiBase = `/${settings.get("PREFECT_SERVER_UI_SERVE_BASE").replace(/^\/|\/$/g, "")}`;
  const uiPrefix = uiBase === "/" ? "" : uiBase;
  const ui = settings.get("PREFECT_SERVER_UI_ENABLED")
    ? createStaticFiles(settings.get("PREFECT_SERVER_UI_STATIC_DIRECTORY"))
    : undefined;

  server.get(`${uiPrefix}/ui-settings`, async () => ({
    // Relative unless somebody said otherwise: right through every proxy and name that leads here.
    api_url: settings.isSet("PREFECT_SERVER_UI_API_URL") ? settings.get("PREFECT_SERVER_UI_API_URL") : basePath,
    csrf_enabled: settings.get("PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED"),
    auth: settings.get("PREFECT_SERVER_API_AUTH_STRING") === undefined ? null : "BASIC",
    flags: [],
    default_ui: "v2",
    available_uis: ["v2"],
    v1_base_url: null,
    v2_base_url: uiBase,
  }));

  server.setNotFoundHandler(async (request, reply) => {
    const path = pathOf(request.url);
    if (request.method === "OPTIONS") {
      const { origin, host } = request.headers;
      const isAllowed = origin !== undefined && hostCheck.isOriginAllowed(origin, host);
      const refused = new Reply(400, { detail: "Disallowed CORS origin" });
      return isAllowed
        ? reply.headers(preflightHeaders(request.headers, settings)).send("OK")
        : sendReply(reply, refused);
    }
    if (path === basePath || path.startsWith(`${basePath}/`)) {
      return sendReply(reply, answerUnknown({ path: path.slice(basePath.length), url: request.url }));
    }
    const isPageOrFile = (request.method === "GET" || request.method === "HEAD") && path.startsWith(uiPrefix);
    const accepted = String(request.headers["accept-encoding"] ?? "");
    const file = isPageOrFile ? await ui?.find(path.slice(uiPrefix.length), accepted) : undefined;
    if (file === undefined) return sendReply(reply, new Reply(404, { detail: "Not Found" }));
    return reply.headers(file.headers).send(file.body);
  });
}

function pathOf(url: string): string {
  const end = url.indexOf("?");
  return end === -1 ? url : url.slice(0, end);
}

/** Errors of the transport: too large, cut short, an address that cannot be decoded. */
function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply, logger: Logger): FastifyReply {
  const { statusCode, message } = error as { statusCode?: number; message?: string };
  if (statusCode === undefined || statusCode >= 500) {
    logger.error(`${request.method} ${request.url} failed`, error);
    return sendReply(reply, new Reply(500, { exception_message: "Internal Server Error" }));
  }
  const detail =
    statusCode === 413
      ? "The body of the request is too large for this server. Send less at once, or raise PREFECT_SERVER_API_MAX_REQUEST_SIZE."
      : (message ?? "Bad Request");
  return sendReply(reply, new Reply(statusCode, { detail }));
}
