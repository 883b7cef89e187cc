import { PREFECT_VERSION } from "../domain/emulation.ts";
import type { IncomingEvent } from "../domain/events.ts";
import type { IncomingLog } from "../domain/logs.ts";
import { type Clock, systemClock } from "../platform/clock.ts";
import { createSettingsLogger, type Logger } from "../platform/logger.ts";
import type { Settings } from "../platform/settings/settings.ts";
import { ingest } from "../resources/ingest.ts";
import { startServices } from "../services/services.ts";
import { openDatabase } from "../storage/open-database.ts";
import type { ServerContext } from "./context.ts";
import { createDispatch, type Dispatch, type RouteRequest } from "./dispatch.ts";

export { findLivingOwner } from "../storage/living-owner.ts";

/** What arrives in streams rather than in requests. */
export interface IngestBatch {
  readonly events: readonly IncomingEvent[];
  readonly logs: readonly IncomingLog[];
}

/** What the SDK's transport hands over and gets back; the SDK does not import the server, so both sides spell it out. */
export type AppCall = Omit<RouteRequest, "clientVersion">;
export interface AppReply {
  readonly status: number;
  readonly body: string;
  readonly contentType: string;
  readonly retryAfterSeconds?: number;
}

/** A server without its doors: the routes, and what is written without asking for an answer. */
export interface ServerApp {
  /** Runs a route by its name. Never rejects: a failure is an answer with its status. */
  call(call: AppCall): Promise<AppReply>;
  /** Resolves when the events, the task runs that they record, and the logs are committed. */
  ingest(batch: IngestBatch): Promise<void>;
  /** Resolves when what was accepted is written and the database is closed. */
  close(): Promise<void>;
  /** For the doors: HTTP and sockets. */
  readonly dispatch: Dispatch;
  readonly context: ServerContext;
  readonly logger: Logger;
}

export interface ServerAppOptions {
  readonly databaseUrl: string;
  readonly settings: Settings;
  /** Runs the background services of this database, which the embedded server of a script leaves to a real one. */
  readonly runServices: boolean;
  /** Only SQLite: `full` waits for the disk at each commit. Default `normal`. */
  readonly synchronous?: "normal" | "full";
  readonly clock?: Clock;
  readonly logger?: Logger;
}

/** Opens the database and puts the routes above it. Loads neither Fastify nor `ws`: nothing here needs a port. */
export async function createServerApp(options: ServerAppOptions): Promise<ServerApp> {
  const { databaseUrl, settings, synchronous, clock = systemClock } = options;
  const logger = options.logger ?? createSettingsLogger(settings, "prefect.server");
  const db = await openDatabase({ url: databaseUrl, ...(synchronous === undefined ? {} : { synchronous }) });
  const services = options.runServices ? startServices({ db, clock, settings, logger }) : undefined;
  const context: ServerContext = { db, clock, settings };
  const dispatch = createDispatch(context, ({ group, name }, error) => {
    logger.error(`${group}.${name} failed`, error);
  });

  return {
    context,
    dispatch,
    logger,
    async call({ group, name, params, query, body }) {
      // The SDK of this very release asks: what its own version may do is allowed.
      const answer = await dispatch({ group, name, params, query, body, clientVersion: PREFECT_VERSION });
      return toReply(answer.status, answer.body, answer.headers);
    },
    ingest: (batch) => ingest(db, batch, clock.now()),
    async close() {
      await services?.stop();
      await db.close();
    },
  };
}

function toReply(status: number, body: string, headers: Readonly<Record<string, string>>): AppReply {
  const retryAfterSeconds = Number(headers["retry-after"]);
  return {
    status,
    body,
    contentType: headers["content-type"] ?? "application/json",
    ...(Number.isFinite(retryAfterSeconds) ? { retryAfterSeconds } : {}),
  };
}
