import type { AnyResourceFilter, EventFilter, RelatedFilter } from "../domain/event-filters.ts";
import type { EventResource } from "../domain/events.ts";
import type { Instant } from "../domain/instant.ts";
import { matchesText, parseTextSearch } from "../domain/text-search.ts";
import type { StoredEvent } from "../storage/database.ts";
import { matchesLabels } from "./label-matcher.ts";

/** `occurred` stands apart from the filter: streams bound it otherwise than lists. */
export interface OccurredBounds {
  readonly since: Instant;
  /** Absent: no end. */
  readonly until?: Instant | undefined;
}

/** An event whose labels are parsed when a criterion first looks at them; most events fail by their name. */
class Candidate {
  readonly event: StoredEvent;
  #resource: EventResource | undefined;
  #related: readonly EventResource[] | undefined;

  constructor(event: StoredEvent) {
    this.event = event;
  }

  get resource(): EventResource {
    this.#resource ??= JSON.parse(this.event.resource) as EventResource;
    return this.#resource;
  }

  get related(): readonly EventResource[] {
    this.#related ??= JSON.parse(this.event.related) as EventResource[];
    return this.#related;
  }

  get text(): string {
    const values = [this.resource, ...this.related].flatMap((labels) => Object.values(labels));
    return [this.event.event, ...values, this.event.payload].join(" ");
  }
}

type Criterion = (candidate: Candidate) => boolean;

/** Says of stored events whether a filter includes them. All criteria must hold. */
export function createEventMatcher(filter: EventFilter, bounds: OccurredBounds): (event: StoredEvent) => boolean {
  const criteria = [...criteriaOf(filter)];
  return (event) => {
    if (event.occurred < bounds.since) return false;
    if (bounds.until !== undefined && event.occurred > bounds.until) return false;
    const candidate = new Candidate(event);
    return criteria.every((criterion) => criterion(candidate));
  };
}

function* criteriaOf(filter: EventFilter): Generator<Criterion> {
  const { event: names, resource, id, text } = filter;
  if (names != null) yield (candidate) => matchesName(candidate.event.event, names);
  if (isGiven(id?.id)) {
    const ids = new Set(id.id);
    yield (candidate) => ids.has(candidate.event.id);
  }
  if (resource != null) yield (candidate) => matchesResource(candidate.resource, resource);
  for (const any of filter.any_resource) {
    yield ({ resource: primary, related }) => [primary, ...related].some((labels) => matchesResource(labels, any));
  }
  for (const related of filter.related) {
    if (Object.values(related).some((value) => value != null)) {
      yield (candidate) => candidate.related.some((labels) => matchesRelated(labels, related));
    }
  }
  if (text != null) {
    const search = parseTextSearch(text.query);
    yield (candidate) => matchesText(search, candidate.text);
  }
}

function matchesName(name: string, filter: NonNullable<EventFilter["event"]>): boolean {
  const { prefix, exclude_prefix, name: names, exclude_name } = filter;
  const startsWith = (start: string) => name.startsWith(start);
  if (isGiven(prefix) && !prefix.some(startsWith)) return false;
  if (isGiven(exclude_prefix) && exclude_prefix.some(startsWith)) return false;
  if (isGiven(names) && !names.includes(name)) return false;
  return !(isGiven(exclude_name) && exclude_name.includes(name));
}

function matchesResource(labels: EventResource, filter: AnyResourceFilter): boolean {
  const id = labels["prefect.resource.id"] ?? "";
  if (isGiven(filter.id) && !filter.id.includes(id)) return false;
  if (isGiven(filter.id_prefix) && !filter.id_prefix.some((start) => id.startsWith(start))) return false;
  return filter.labels == null || matchesLabels(labels, filter.labels);
}

function matchesRelated(labels: EventResource, filter: RelatedFilter): boolean {
  const id = labels["prefect.resource.id"] ?? "";
  const role = labels["prefect.resource.role"] ?? "";
  if (isGiven(filter.id) && !filter.id.includes(id)) return false;
  if (isGiven(filter.role) && !filter.role.includes(role)) return false;
  const pairs = filter.resources_in_roles;
  if (isGiven(pairs) && !pairs.some((pair) => pair[0] === id && pair[1] === role)) return false;
  return filter.labels == null || matchesLabels(labels, filter.labels);
}

function isGiven<Item>(list: readonly Item[] | null | undefined): list is readonly Item[] {
  return list != null && list.length > 0;
}
