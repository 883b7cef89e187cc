import type { AddressInfo } from "node:net";
import { ConfigurationError } from "../domain/errors.ts";
import type { Clock } from "../platform/clock.ts";
import type { Logger } from "../platform/logger.ts";
import type { Settings } from "../platform/settings/settings.ts";
import { createServerOwnerHeartbeat } from "../services/server-owner-heartbeat.ts";
import { type RunningServices, startServices } from "../services/services.ts";
import { createServerApp } from "./app.ts";
import { createHostCheck } from "./host-check.ts";
import { createHttpServer } from "./http.ts";
import { createSocketServer } from "./sockets/socket-server.ts";

export interface ServerOptions {
  readonly settings: Settings;
  /** Default: PREFECT_SERVER_API_HOST. */
  readonly host?: string;
  /** 0 takes a free one. Default: PREFECT_SERVER_API_PORT. */
  readonly port?: number;
  /** Default: PREFECT_SERVER_DATABASE_CONNECTION_URL. */
  readonly databaseUrl?: string;
  /** Default true. */
  readonly runServices?: boolean;
  readonly clock?: Clock;
  readonly logger?: Logger;
}

export interface RunningServer {
  /** `http://127.0.0.1:4200` */
  readonly url: string;
  /** What PREFECT_API_URL is to be set to: with `/api`. */
  readonly apiUrl: string;
  readonly port: number;
  /** Ends what runs, tells the sockets, and closes the database. Resolves when nothing is left. */
  close(): Promise<void>;
}

/** How long requests that are being answered may take to end when the server closes. */
const DRAIN_MS = 5000;

/** Opens the database, listens, and says in the database that it lives here. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { settings, clock, logger } = options;
  const host = options.host ?? settings.get("PREFECT_SERVER_API_HOST");
  const app = await createServerApp({
    databaseUrl: options.databaseUrl ?? settings.get("PREFECT_SERVER_DATABASE_CONNECTION_URL"),
    settings,
    runServices: false,
    ...(clock === undefined ? {} : { clock }),
    ...(logger === undefined ? {} : { logger }),
  });
  const hostCheck = createHostCheck(settings, host);
  const basePath = `/${(settings.get("PREFECT_SERVER_API_BASE_PATH") ?? "/api").replace(/^\/+|\/+$/g, "")}`;
  const http = createHttpServer({ app, hostCheck, basePath });
  const sockets = createSocketServer({ app, hostCheck, basePath });
  http.server.on("upgrade", sockets.upgrade);

  const port = options.port ?? settings.get("PREFECT_SERVER_API_PORT");
  try {
    await http.listen({ host, port });
  } catch (error) {
    await app.close();
    throw cannotListen(error, host, port);
  }
  const boundPort = (http.server.address() as AddressInfo).port;
  const url = `http://${urlHost(host)}:${boundPort}`;
  const apiUrl = url + basePath;

  const serviceContext = { ...app.context, logger: app.logger.child("services") };
  let services: RunningServices | undefined;
  const heartbeat = createServerOwnerHeartbeat(serviceContext, apiUrl, (isOwner) => {
    void services?.stop();
    services = isOwner && options.runServices !== false ? startServices(serviceContext) : undefined;
  });
  await heartbeat.runOnce();
  heartbeat.start();

  return {
    url,
    apiUrl,
    port: boundPort,
    async close() {
      await heartbeat.release();
      await services?.stop();
      const insist = setTimeout(() => http.server.closeAllConnections(), DRAIN_MS);
      await Promise.all([sockets.close(), http.close()]);
      clearTimeout(insist);
      await app.close();
    },
  };
}

/** The name by which this machine reaches an address that stands for all of its own. */
function urlHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}

function cannotListen(error: unknown, host: string, port: number): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: "something listens there already. Stop it, or choose another port with --port",
    EACCES: "this user may not. Choose a port above 1023 with --port",
    EADDRNOTAVAIL: "this machine has no such address. Choose another one with --host",
    ENOTFOUND: "there is no such host. Choose another one with --host",
  };
  const reason = reasons[String(code)];
  if (reason === undefined) return error;
  return new ConfigurationError(`The server cannot listen on ${host}:${port}: ${reason}.`, { cause: error });
}
