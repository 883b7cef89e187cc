import type { Queryable } from "../database.ts";
import { sql } from "../sql.ts";
import type { ConfigurationRow } from "../tables.ts";

export function findConfiguration(db: Queryable, key: string): Promise<ConfigurationRow | undefined> {
  return db.get(sql`SELECT * FROM configuration WHERE key = ${key}`);
}
