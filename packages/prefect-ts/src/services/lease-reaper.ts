import { deleteLease, listExpiredLeaseIds } from "../storage/queries/concurrency-leases.ts";
import { periodicService, type Service, type ServiceContext } from "./service.ts";

const BATCH_SIZE = 100;

/** Frees the slots of leases whose holders have not renewed them in time. */
export function createLeaseReaper(context: ServiceContext): Service | undefined {
  const { db, clock, settings } = context;
  if (!settings.get("PREFECT_SERVER_SERVICES_REPOSSESSOR_ENABLED")) return undefined;
  const intervalMs = settings.get("PREFECT_SERVER_SERVICES_REPOSSESSOR_LOOP_SECONDS") * 1000;
  return periodicService(context, "lease-reaper", intervalMs, async () => {
    const now = clock.now();
    const expired = await listExpiredLeaseIds(db, now, BATCH_SIZE);
    let done = 0;
    for (const id of expired) {
      if (await db.write((tx) => deleteLease(tx, { id, now, isOnlyIfExpired: true }))) done += 1;
    }
    return { done, again: expired.length === BATCH_SIZE && done > 0 };
  });
}
