import { randomBytes, timingSafeEqual } from "node:crypto";
import type { CsrfToken } from "../domain/csrf-tokens.ts";
import { newId } from "../domain/ids.ts";
import { addSeconds, type Instant } from "../domain/instant.ts";
import { time } from "../storage/codecs/columns.ts";
import type { Database, Queryable } from "../storage/database.ts";
import { findCsrfToken, upsertCsrfToken } from "../storage/queries/csrf-tokens.ts";

export async function createCsrfToken(
  db: Database,
  client: string,
  lifetimeSeconds: number,
  now: Instant,
): Promise<CsrfToken> {
  const row = await db.write((tx) =>
    upsertCsrfToken(tx, {
      id: newId(),
      created: now,
      updated: now,
      client,
      token: randomBytes(32).toString("hex"),
      expiration: addSeconds(now, lifetimeSeconds),
    }),
  );
  const { id, created, updated, token, expiration } = row;
  return { id, created: time(created), updated: time(updated), token, client, expiration: time(expiration) };
}

export async function isCsrfTokenValid(db: Queryable, client: string, token: string, now: Instant): Promise<boolean> {
  const row = await findCsrfToken(db, client, now);
  if (row === undefined) return false;
  const known = Buffer.from(row.token);
  const given = Buffer.from(token);
  return known.length === given.length && timingSafeEqual(known, given);
}
