import type { z } from "zod";
import type { RouteShape } from "../contract/route.ts";
import type { RequestContext } from "./context.ts";

type OutputOf<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

export interface HandlerInput<Shape extends RouteShape> {
  readonly params: OutputOf<Shape["params"]>;
  readonly query: OutputOf<Shape["query"]>;
  readonly body: OutputOf<Shape["body"]>;
}

/** An answer whose status, headers or form differ from what the route usually gives. */
export class Reply<Body = unknown> {
  readonly status: number;
  readonly body: Body;
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: number, body: Body, headers: Readonly<Record<string, string>> = {}) {
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** 201 for something new, 200 for what was there already. */
export function created<Body>(body: Body, isNew: boolean): Reply<Body> {
  return new Reply(isNew ? 201 : 200, body);
}

/** Text that is not JSON. */
export function text(body: string, contentType: string, headers: Readonly<Record<string, string>> = {}): Reply<string> {
  return new Reply(200, body, { "content-type": contentType, ...headers });
}

/** A route that returns nothing ignores what its handler answers. */
type Answer<Shape> = Shape extends { returns: infer Returns extends z.ZodType } ? z.output<Returns> : unknown;

export type Handler<Shape extends RouteShape = RouteShape> = (
  input: HandlerInput<Shape>,
  context: RequestContext,
) => Promise<Answer<Shape> | Reply<Answer<Shape>>> | Answer<Shape> | Reply<Answer<Shape>>;

export type Handlers<Shapes extends Record<string, RouteShape>> = {
  readonly [Name in keyof Shapes]: Handler<Shapes[Name]>;
};

export interface Implementation {
  readonly shapes: Readonly<Record<string, RouteShape>>;
  readonly handlers: Readonly<Record<string, (input: never, context: RequestContext) => unknown>>;
}

/** Behaviour for the shapes of a group; the compiler asks for each of its routes. */
export function implement<Shapes extends Record<string, RouteShape>>(
  shapes: Shapes,
  handlers: Handlers<Shapes>,
): Implementation {
  return { shapes, handlers };
}
