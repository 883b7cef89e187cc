import type { EventFilter } from "../../domain/event-filters.ts";
import type { Instant } from "../../domain/instant.ts";
import { resourceOf } from "../codecs/task-run-resources.ts";
import type { Queryable, Statement, StoredEvent } from "../database.ts";
import { all, fragment, list, sql } from "../sql.ts";

export interface EventLogPage {
  readonly filter: EventFilter;
  readonly since: Instant;
  readonly until: Instant;
  /** The last event of the page before. */
  readonly after?: Pick<StoredEvent, "occurred" | "id"> | undefined;
  readonly limit: number;
}

/**
 * Stored events in the order they occurred. Only time, names, ids and primary resources are looked at here, for they
 * are columns: whoever asks matches the rest of the filter himself, so a page may hold events that do not match.
 */
export async function listEventCandidates(db: Queryable, page: EventLogPage): Promise<StoredEvent[]> {
  const { after, since, until, limit } = page;
  const conditions = [
    sql`event.occurred >= ${since}`,
    sql`event.occurred <= ${until}`,
    ...columnConditions(page.filter),
  ];
  if (after !== undefined) conditions.push(sql`(event.occurred, event.id) > (${after.occurred}, ${after.id})`);
  const rows = await db.all<StoredEvent>(sql`
    SELECT event.*, COALESCE(event_related_set.resources, '[]') AS related
    FROM event LEFT JOIN event_related_set ON event_related_set.id = event.related_set_id
    WHERE ${all(conditions)} ORDER BY event.occurred, event.id LIMIT ${limit}`);
  return rows.map((row) => ({ ...row, resource: resourceOf(row) }));
}

function columnConditions({ event, resource, id }: EventFilter): Statement[] {
  const conditions: Statement[] = [];
  if (isGiven(event?.name)) conditions.push(sql`event.event IN (${list(event.name)})`);
  if (isGiven(event?.prefix)) conditions.push(startsWithAny("event.event", event.prefix));
  if (isGiven(resource?.id)) conditions.push(sql`event.resource_id IN (${list(resource.id)})`);
  if (isGiven(resource?.id_prefix)) conditions.push(startsWithAny("event.resource_id", resource.id_prefix));
  if (isGiven(id?.id)) conditions.push(sql`event.id IN (${list(id.id)})`);
  return conditions;
}

/** Not LIKE: exact about case on both databases, and nothing to escape. */
function startsWithAny(column: string, prefixes: readonly string[]): Statement {
  return all(
    prefixes.map((prefix) => sql`substr(${fragment(column)}, 1, ${prefix.length}) = ${prefix}`),
    "OR",
  );
}

function isGiven<Item>(items: readonly Item[] | null | undefined): items is readonly Item[] {
  return items != null && items.length > 0;
}
