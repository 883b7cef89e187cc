import type { Instant } from "../domain/instant.ts";
import type { Clock } from "../platform/clock.ts";
import type { Settings } from "../platform/settings/settings.ts";
import type { Database } from "../storage/database.ts";

/** What every handler is given beside its input. */
export interface ServerContext {
  readonly db: Database;
  readonly clock: Clock;
  readonly settings: Settings;
}

/** A server's context for one request. */
export interface RequestContext extends ServerContext {
  readonly now: Instant;
  /** The version in `User-Agent: prefect/<version> (API <version>)`; null for other clients. */
  readonly clientVersion: string | null;
}
