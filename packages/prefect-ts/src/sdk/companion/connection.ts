import type { Transport } from "../../client/transport.ts";
import type { IncomingEvent } from "../../domain/events.ts";
import type { Instant } from "../../domain/instant.ts";
import type { ServerInfo } from "./protocol.ts";

/** A log record on its way to a server. */
export interface OutgoingLog {
  readonly name: string;
  readonly level: number;
  readonly message: string;
  readonly timestamp: Instant;
  readonly flow_run_id: string | null;
  readonly task_run_id: string | null;
}

export interface Delivery {
  readonly events: readonly IncomingEvent[];
  readonly logs: readonly OutgoingLog[];
}

/** The server as the companion thread sees it: the embedded one, or one behind a URL. */
export interface Connection {
  readonly info: ServerInfo;
  readonly transport: Transport;
  /** Resolves when the server has everything: committed (embedded) or confirmed (remote). */
  deliver(delivery: Delivery): Promise<void>;
  close(): Promise<void>;
}
