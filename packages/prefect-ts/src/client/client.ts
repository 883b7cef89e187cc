import type { Contract, RouteInput, RouteOutput } from "../contract/contract.ts";
import { type GroupName, type PathOf, paths } from "../contract/paths.ts";
import { stringify } from "../domain/json.ts";
import { ApiError } from "./api-error.ts";
import type { RouteCall, Transport } from "./transport.ts";

type EmptyInput = Record<never, never>;
type RouteMethod<Shape> =
  EmptyInput extends RouteInput<Shape>
    ? (input?: RouteInput<Shape>) => Promise<RouteOutput<Shape>>
    : (input: RouteInput<Shape>) => Promise<RouteOutput<Shape>>;

/** The contract as methods, one group per resource, with the wire's names: `client.flow_runs.set_state({ id, state })`. */
export type Client = {
  readonly [Group in GroupName]: { readonly [Name in keyof Contract[Group]]: RouteMethod<Contract[Group][Name]> };
};

/**
 * A client over any transport. Path parameters, query and body keys are handed over side by side; a bare array body as
 * `{ body }`. An answer that is not 2xx rejects with `ApiError`.
 */
export function createClient(transport: Transport): Client {
  const client: Record<string, Record<string, unknown>> = {};
  for (const group of Object.keys(paths) as GroupName[]) {
    const methods: Record<string, unknown> = {};
    for (const [name, path] of Object.entries<PathOf>(paths[group])) {
      methods[name] = (input: Record<string, unknown> = {}) =>
        callRoute(transport, toRouteCall(group, name, path, input));
    }
    client[group] = methods;
  }
  return client as Client;
}

async function callRoute(transport: Transport, call: RouteCall): Promise<unknown> {
  const reply = await transport(call);
  if (reply.status >= 400) throw new ApiError(call, reply);
  if (reply.status === 204 || reply.body === "") return undefined;
  return reply.contentType.startsWith("application/json") ? JSON.parse(reply.body) : reply.body;
}

function toRouteCall(group: GroupName, name: string, path: PathOf, input: Record<string, unknown>): RouteCall {
  const params: Record<string, string> = {};
  const rest: Record<string, unknown> = { ...input };
  for (const [, key = ""] of path.path.matchAll(/:(\w+)/g)) {
    params[key] = String(rest[key]);
    delete rest[key];
  }
  if (path.method === "GET" || path.method === "DELETE") {
    const given = Object.entries(rest).filter(([, value]) => value !== undefined);
    return { group, name, params, query: Object.fromEntries(given.map(([key, value]) => [key, String(value)])) };
  }
  const body = path.hasRawBody && "body" in rest ? rest["body"] : rest;
  return { group, name, params, query: {}, body: stringify(body) };
}
