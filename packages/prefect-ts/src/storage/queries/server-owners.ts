import type { Instant } from "../../domain/instant.ts";
import type { Queryable, Transaction } from "../database.ts";
import { sql } from "../sql.ts";
import type { ServerOwnerRow } from "../tables.ts";

/** The servers that have shown life since `aliveSince`, the latest sign first. */
export function listServerOwners(db: Queryable, aliveSince: Instant): Promise<ServerOwnerRow[]> {
  return db.all(sql`SELECT * FROM server_owner WHERE heartbeat >= ${aliveSince} ORDER BY heartbeat DESC, id DESC`);
}

/**
 * Shows that this server lives; rows of servers that have been silent since `aliveSince` are removed. On SQLite there
 * is one owner, so the answer is false while another server owns the file; on PostgreSQL every replica has a row.
 */
export async function upsertServerOwner(tx: Transaction, row: ServerOwnerRow, aliveSince: Instant): Promise<boolean> {
  await tx.run(sql`DELETE FROM server_owner WHERE heartbeat < ${aliveSince}`);
  if (tx.dialect === "sqlite") {
    const other = await tx.get(sql`SELECT id FROM server_owner WHERE id <> ${row.id}`);
    if (other !== undefined) return false;
  }
  await tx.insert("server_owner", [row], { key: ["id"], update: ["heartbeat", "url"] });
  return true;
}

export async function deleteServerOwner(db: Queryable, id: string): Promise<void> {
  await db.run(sql`DELETE FROM server_owner WHERE id = ${id}`);
}
