import type { Queryable } from "../database.ts";
import { sql } from "../sql.ts";
import type { ConcurrencyLimitRow, DeploymentRow, JsonText } from "../tables.ts";

export function findDeployment(db: Queryable, id: string): Promise<DeploymentRow | undefined> {
  return db.get(sql`SELECT * FROM deployment WHERE id = ${id}`);
}

/** How many runs a deployment may have at once, and what happens to the next one. */
export interface DeploymentConcurrency {
  readonly options: JsonText | null;
  readonly limit: ConcurrencyLimitRow | null;
}

/** Undefined when the deployment does not exist. */
export async function findDeploymentConcurrency(
  db: Queryable,
  deploymentId: string,
): Promise<DeploymentConcurrency | undefined> {
  const row = await db.get<ConcurrencyLimitRow & { concurrency_options: JsonText | null; id: string | null }>(sql`
    SELECT deployment.concurrency_options, concurrency_limit.* FROM deployment
    LEFT JOIN concurrency_limit ON concurrency_limit.id = deployment.concurrency_limit_id
    WHERE deployment.id = ${deploymentId}`);
  if (row === undefined) return undefined;
  const { concurrency_options: options, ...limit } = row;
  return { options, limit: limit.id === null ? null : limit };
}
