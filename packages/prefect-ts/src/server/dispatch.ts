import type { z } from "zod";
import { type GroupName, paths } from "../contract/paths.ts";
import type { RouteShape } from "../contract/route.ts";
import { keepSource, parseJson, stringify } from "../domain/json.ts";
import type { RequestContext, ServerContext } from "./context.ts";
import { invalidRequest, toReply } from "./errors.ts";
import { type Implementation, Reply } from "./implement.ts";
import { routeLoaders } from "./routes/loaders.ts";

/** One request to one route, whatever carried it here. */
export interface RouteRequest {
  readonly group: GroupName;
  readonly name: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** JSON text; empty or absent when none was sent. */
  readonly body?: string | undefined;
  readonly clientVersion: string | null;
}

export interface RouteAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Hears of errors that nobody threw on purpose. */
export type ErrorReporter = (request: RouteRequest, error: unknown) => void;

export type Dispatch = (request: RouteRequest) => Promise<RouteAnswer>;

/** Deeper bodies are refused: walking one would exhaust the stack of whoever reads it. */
const DEEPEST_BODY = 100;

/**
 * Runs a route: reads and checks its input, calls the handler, writes the answer. HTTP and the SDK's companion thread
 * are two faces of it. Never rejects.
 */
export function createDispatch(context: ServerContext, report: ErrorReporter): Dispatch {
  const loaded = new Map<GroupName, Promise<Implementation>>();

  function implementationOf(group: GroupName): Promise<Implementation> {
    const known = loaded.get(group);
    if (known !== undefined) return known;
    const loading = routeLoaders[group]();
    loaded.set(group, loading);
    return loading;
  }

  return async (request) => {
    try {
      const { shapes, handlers } = await implementationOf(request.group);
      const shape = shapes[request.name];
      const handler = handlers[request.name];
      if (shape === undefined || handler === undefined)
        return write(new Reply(404, { detail: "Not Found" }), undefined);
      const input = readInput(request, shape);
      if (input instanceof Reply) return write(input, shape);
      const now = context.clock.now();
      const requestContext: RequestContext = { ...context, now, clientVersion: request.clientVersion };
      return write(await handler(input as never, requestContext), shape);
    } catch (error) {
      const reply = toReply(error);
      if (reply.status >= 500) report(request, error);
      return write(reply, undefined);
    }
  };
}

interface Input {
  params: unknown;
  query: unknown;
  body: unknown;
}

function readInput(request: RouteRequest, shape: RouteShape): Input | Reply {
  const params = shape.params?.safeParse(request.params);
  // As the reference's router: a path that does not fit its parameters is not found, rather than invalid.
  if (params?.success === false) return new Reply(404, { detail: "Not Found" });
  const query = shape.query?.safeParse(request.query);
  if (query?.success === false) return invalidRequest("query", query.error, request.query);
  if (shape.body === undefined) return { params: params?.data, query: query?.data, body: undefined };
  const body = readBody(request.body, shape.body, shape.hasPlainBody === true ? JSON.parse : parseJson);
  return body instanceof Reply ? body : { params: params?.data, query: query?.data, body: body.value };
}

function readBody(
  text: string | undefined,
  schema: z.ZodType,
  parse: (text: string) => unknown,
): { value: unknown } | Reply {
  // Lists and counts are asked for without a body too: no filter at all.
  let sent: unknown = {};
  if (text !== undefined && text !== "") {
    try {
      sent = parse(text);
    } catch (error) {
      // The parser itself runs out of stack on what is nested far too deep.
      if (error instanceof RangeError) return brokenJson(`nested deeper than ${DEEPEST_BODY} levels`);
      return brokenJson(error instanceof Error ? error.message : String(error));
    }
    if (depthOf(sent, DEEPEST_BODY) > DEEPEST_BODY) return brokenJson(`nested deeper than ${DEEPEST_BODY} levels`);
  }
  const parsed: z.ZodSafeParseResult<unknown> = schema.safeParse(sent);
  if (!parsed.success) return invalidRequest("body", parsed.error, sent);
  const { data } = parsed;
  if (typeof sent !== "object" || sent === null || typeof data !== "object" || data === null) return { value: data };
  return { value: keepSource(sent, data) };
}

function brokenJson(reason: string): Reply {
  return new Reply(422, {
    exception_message: "Invalid request received.",
    exception_detail: [{ type: "json_invalid", loc: ["body"], msg: `JSON decode error: ${reason}`, input: {} }],
    request_body: null,
  });
}

/** How deep a value is nested, counted no further than `limit` + 1. */
function depthOf(value: unknown, limit: number): number {
  let depth = 0;
  let level: unknown[] = [value];
  while (level.length > 0 && depth <= limit) {
    const next: unknown[] = [];
    for (const item of level) {
      if (typeof item !== "object" || item === null) continue;
      for (const member of Object.values(item)) if (typeof member === "object" && member !== null) next.push(member);
    }
    depth += 1;
    level = next;
  }
  return depth;
}

const JSON_HEADERS = { "content-type": "application/json" };

function write(result: unknown, shape: RouteShape | undefined): RouteAnswer {
  const reply = result instanceof Reply ? result : new Reply(shape?.status ?? 200, result);
  if (reply.status === 204) return { status: 204, body: "", headers: reply.headers };
  const type = reply.headers["content-type"];
  if (type !== undefined && typeof reply.body === "string") {
    return { status: reply.status, body: reply.body, headers: reply.headers };
  }
  return { status: reply.status, body: stringify(reply.body ?? null), headers: { ...JSON_HEADERS, ...reply.headers } };
}

/** Every route as method, path and name, for whoever maps URLs to them. */
export function* allRoutes(): Generator<{ group: GroupName; name: string; method: string; path: string }> {
  for (const [group, routes] of Object.entries(paths)) {
    for (const [name, { method, path }] of Object.entries(routes))
      yield { group: group as GroupName, name, method, path };
  }
}
