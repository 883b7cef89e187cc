import type { Instant } from "../../domain/instant.ts";
import type { Queryable, Transaction } from "../database.ts";
import { sql } from "../sql.ts";
import type { CsrfTokenRow } from "../tables.ts";

export function findCsrfToken(db: Queryable, client: string, now: Instant): Promise<CsrfTokenRow | undefined> {
  return db.get(sql`SELECT * FROM csrf_token WHERE client = ${client} AND expiration > ${now}`);
}

/** One token per client; tokens that have expired, of anyone, go. Answers the row as it is afterwards. */
export async function upsertCsrfToken(tx: Transaction, row: CsrfTokenRow): Promise<CsrfTokenRow> {
  await tx.run(sql`DELETE FROM csrf_token WHERE expiration <= ${row.created}`);
  await tx.insert("csrf_token", [row], { key: ["client"], update: ["token", "expiration", "updated"] });
  const stored = await findCsrfToken(tx, row.client, row.created);
  return stored ?? row;
}
