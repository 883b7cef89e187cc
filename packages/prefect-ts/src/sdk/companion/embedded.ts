import type { Settings } from "../../platform/settings/settings.ts";
import type { Connection } from "./connection.ts";
import { createRemoteConnection } from "./remote.ts";

/**
 * The server inside this thread: no HTTP, no port, the database that `prefect server start` opens later. When a server
 * already lives on that database, its address is used instead, for it runs the services too.
 *
 * This is the one place of the SDK that reaches into `server/`, and only when it is needed.
 */
export async function createEmbeddedConnection(settings: Settings, isDurable: boolean): Promise<Connection> {
  const { createServerApp, findLivingOwner } = await import("../../server/app.ts");
  const databaseUrl = settings.get("PREFECT_SERVER_DATABASE_CONNECTION_URL");
  const owner = await findLivingOwner(databaseUrl);
  if (owner !== undefined) return createRemoteConnection(settings, owner.url);

  const synchronous = isDurable ? "full" : "normal";
  const app = await createServerApp({ databaseUrl, settings, runServices: false, synchronous });
  return {
    info: { mode: "embedded", api_url: undefined, ui_url: settings.get("PREFECT_UI_URL") },
    transport: (call) => app.call(call),
    deliver: (delivery) => app.ingest(delivery),
    close: () => app.close(),
  };
}
