/** `prefect-ts/client`: a typed client of Prefect's API that runs in Node and in browsers. */
export { ApiError } from "./api-error.ts";
export { type Client, createClient } from "./client.ts";
export { createHttpTransport, type HttpTransportOptions } from "./http-transport.ts";
export {
  type Socket,
  type SocketFactory,
  type SubscriptionOptions,
  type SubscriptionStatus,
  subscribe,
} from "./subscription.ts";
export type { RouteCall, RouteReply, Transport } from "./transport.ts";
