import { newId } from "../../domain/ids.ts";
import type { Instant } from "../../domain/instant.ts";
import type { Queryable, Transaction } from "../database.ts";
import { sql } from "../sql.ts";
import type { TaskRunStateCacheRow, TaskRunStateRow } from "../tables.ts";

/** The newest completed state that still answers a cache key. */
export function findCachedTaskRunState(
  db: Queryable,
  cacheKey: string,
  now: Instant,
): Promise<TaskRunStateRow | undefined> {
  return db.get(sql`
    SELECT task_run_state.* FROM task_run_state_cache cache
    JOIN task_run_state ON task_run_state.id = cache.task_run_state_id
    WHERE cache.cache_key = ${cacheKey} AND (cache.cache_expiration IS NULL OR cache.cache_expiration > ${now})
    ORDER BY cache.created DESC, cache.id DESC LIMIT 1`);
}

export async function insertCachedTaskRunState(tx: Transaction, row: Omit<TaskRunStateCacheRow, "id">): Promise<void> {
  await tx.insert("task_run_state_cache", [{ id: newId(), ...row }]);
}
