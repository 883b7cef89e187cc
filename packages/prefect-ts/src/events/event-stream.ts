/**
 * Events as they happen, preceded by those that have just happened. The live subscription begins before the stored
 * events are read, so that none falls between the two; the ones that are seen twice are left out the second time.
 */
import type { EventFilter } from "../domain/event-filters.ts";
import type { Instant } from "../domain/instant.ts";
import type { Database, StoredEvent } from "../storage/database.ts";
import { listEventCandidates } from "../storage/queries/event-log.ts";
import { createEventMatcher } from "./event-matcher.ts";
import { Subscription } from "./subscription.ts";

export interface EventStreamRequest {
  readonly filter: EventFilter;
  /** Events from here on are read from the log first. */
  readonly since: Instant;
  /** Absent: for as long as the subscription lasts. */
  readonly until: Instant | undefined;
  readonly now: Instant;
  readonly hasBackfill: boolean;
  readonly pageSize: number;
}

export interface EventStream {
  /** Pages of events in order, first the stored ones, then live ones until `end`. */
  pages(): AsyncGenerator<readonly StoredEvent[]>;
  readonly subscription: Subscription<StoredEvent>;
}

export function openEventStream(db: Database, request: EventStreamRequest): EventStream {
  const { filter, since, until } = request;
  const matches = createEventMatcher(filter, { since, until });
  const subscription = new Subscription<StoredEvent>((onEvents) => db.listen("events", onEvents), matches);

  async function* pages(): AsyncGenerator<readonly StoredEvent[]> {
    const seen = new Set<string>();
    if (request.hasBackfill) {
      for await (const page of storedPages(db, request)) {
        const wanted = page.filter(matches);
        for (const event of wanted) seen.add(event.id);
        if (wanted.length > 0) yield wanted;
      }
    }
    for (;;) {
      const live = await subscription.next();
      if (live === undefined) return;
      const unseen = live.filter((event) => !seen.delete(event.id));
      if (unseen.length > 0) yield unseen;
    }
  }

  return { pages, subscription };
}

async function* storedPages(db: Database, request: EventStreamRequest): AsyncGenerator<StoredEvent[]> {
  const { filter, since, now, pageSize: limit } = request;
  const until = request.until === undefined || request.until > now ? now : request.until;
  let after: StoredEvent | undefined;
  do {
    const page = await listEventCandidates(db, { filter, since, until, after, limit });
    yield page;
    after = page.length === limit ? page.at(-1) : undefined;
  } while (after !== undefined);
}
