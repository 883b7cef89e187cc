import { hostname } from "node:os";
import { newId } from "../domain/ids.ts";
import { addMs } from "../domain/instant.ts";
import { OWNER_SILENCE_MS } from "../storage/living-owner.ts";
import { SCHEMA_VERSION } from "../storage/migrate.ts";
import { deleteServerOwner, upsertServerOwner } from "../storage/queries/server-owners.ts";
import type { ServerOwnerRow } from "../storage/tables.ts";
import { periodicService, type Service, type ServiceContext } from "./service.ts";

const INTERVAL_MS = 5000;

export interface ServerOwnerHeartbeat extends Service {
  /** Gives the place up, so that nobody takes this server for living. */
  release(): Promise<void>;
}

/**
 * Says in the database that a server lives here, and where its API is; whoever opens the same database finds it.
 * Of several servers on one SQLite file one is the owner, and background services run only there; on PostgreSQL every
 * replica is one. `onChange` hears at the first round, and whenever it changes, which this server is.
 */
export function createServerOwnerHeartbeat(
  context: ServiceContext,
  apiUrl: string,
  onChange: (isOwner: boolean) => void,
): ServerOwnerHeartbeat {
  const { db, clock, logger } = context;
  const id = newId();
  const identity = { id, pid: process.pid, host: hostname(), url: apiUrl, schema_version: SCHEMA_VERSION };
  const started = clock.now();
  let isOwner: boolean | undefined;

  const service = periodicService(context, "server-owner-heartbeat", INTERVAL_MS, async () => {
    const now = clock.now();
    const row: ServerOwnerRow = { ...identity, started, heartbeat: now };
    const owns = await db.write((tx) => upsertServerOwner(tx, row, addMs(now, -OWNER_SILENCE_MS)));
    if (owns !== isOwner) {
      isOwner = owns;
      if (!owns) logger.warn("Another server owns this database: background services run there, not here.");
      onChange(owns);
    }
    return { done: owns ? 1 : 0 };
  });

  return {
    ...service,
    async release() {
      await service.stop();
      try {
        await db.write((tx) => deleteServerOwner(tx, id));
      } catch (error) {
        logger.warn(`The row of this server stays until it has been silent for ${OWNER_SILENCE_MS / 1000} s: ${error}`);
      }
    },
  };
}
