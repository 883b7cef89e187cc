import type { GroupName } from "../contract/paths.ts";

/** One call of a route, before it is HTTP or a message to the companion thread. */
export interface RouteCall {
  readonly group: GroupName;
  readonly name: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** JSON text; absent when the route has no body. */
  readonly body?: string;
}

export interface RouteReply {
  readonly status: number;
  /** JSON text, plain text for the few routes that answer it, empty for 204. */
  readonly body: string;
  readonly contentType: string;
  /** Seconds, from `Retry-After`. */
  readonly retryAfterSeconds?: number;
}

/** Carries calls to a server: over HTTP, or to the embedded one. Rejects only when no answer came. */
export type Transport = (call: RouteCall) => Promise<RouteReply>;
