import type { Queryable } from "../database.ts";
import { sql } from "../sql.ts";

/** The id of a pool's queue: the named one, or the pool's default when no name is given. */
export async function findWorkQueueId(
  db: Queryable,
  poolName: string,
  queueName: string | null,
): Promise<string | undefined> {
  const which =
    queueName === null ? sql`work_queue.id = work_pool.default_queue_id` : sql`work_queue.name = ${queueName}`;
  const row = await db.get<{ id: string }>(sql`
    SELECT work_queue.id FROM work_pool JOIN work_queue ON work_queue.work_pool_id = work_pool.id
    WHERE work_pool.name = ${poolName} AND ${which}`);
  return row?.id;
}
