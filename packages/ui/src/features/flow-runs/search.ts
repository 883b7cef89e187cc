/** What the reader of the list has chosen. All of it stands in the URL, and nothing of it elsewhere. */
import { addSeconds, formatInstant, type Instant, type StateType } from "prefect-ts/domain";
import { isStateType } from "../../lib/run-states.ts";
import { listOf, oneOf, positiveInteger, textOf } from "../../lib/search-params.ts";

export const sorts = ["START_TIME_DESC", "START_TIME_ASC", "NAME_ASC", "NAME_DESC", "END_TIME_DESC"] as const;
export type Sort = (typeof sorts)[number];

/** Seconds before now. */
export const ranges = { "1h": 3600, "24h": 86_400, "7d": 604_800, "30d": 2_592_000 } as const;
export type Range = keyof typeof ranges;

export const pageSizes = [25, 50, 100, 200] as const;
export const DEFAULT_PAGE_SIZE = 50;
export const DEFAULT_SORT: Sort = "START_TIME_DESC";

export interface RunsSearch {
  /** Part of the run's name. */
  q?: string;
  /** State types (`FAILED`) and state names (`Late`). */
  state?: string[];
  /** Ids. */
  flow?: string[];
  tags?: string[];
  range?: Range;
  /** ISO moments; they win over `range`. */
  from?: string;
  to?: string;
  subflows?: "hide";
  /** Also runs whose time has not come. */
  upcoming?: "show";
  sort?: Sort;
  page?: number;
  size?: number;
}

/** What a filter changes; `undefined` takes a choice away. */
export type RunsSearchChange = { readonly [Key in keyof RunsSearch]?: RunsSearch[Key] | undefined };

/** Keeps what makes sense of a URL that anyone may have written. */
export function parseRunsSearch(raw: Record<string, unknown>): RunsSearch {
  const search: RunsSearch = {};
  const size = positiveInteger(raw["size"]);
  assign(search, "q", textOf(raw["q"]));
  assign(search, "state", listOf(raw["state"]));
  assign(search, "flow", listOf(raw["flow"]));
  assign(search, "tags", listOf(raw["tags"]));
  assign(search, "range", oneOf(raw["range"], Object.keys(ranges) as Range[]));
  assign(search, "from", textOf(raw["from"]));
  assign(search, "to", textOf(raw["to"]));
  assign(search, "subflows", oneOf(raw["subflows"], ["hide"] as const));
  assign(search, "upcoming", oneOf(raw["upcoming"], ["show"] as const));
  assign(search, "sort", oneOf(raw["sort"], sorts));
  assign(search, "page", positiveInteger(raw["page"]));
  assign(
    search,
    "size",
    pageSizes.find((known) => known === size),
  );
  return search;
}

function assign<Key extends keyof RunsSearch>(search: RunsSearch, key: Key, value: RunsSearch[Key]): void {
  if (value !== undefined) search[key] = value;
}

/** Runs that start while the request is on its way, or on a clock that is a little ahead, are not the future. */
const CLOCK_SLACK_SECONDS = 60;

/** The body of `/flow_runs/paginate`. "Now" is part of it, so it is made anew for each request. */
export function toFilterBody(search: RunsSearch, now: Instant) {
  const flows = search.flow === undefined ? {} : { flows: { id: { any_: search.flow } } };
  return {
    ...flows,
    flow_runs: {
      ...(search.q === undefined ? {} : { name: { like_: search.q } }),
      ...(search.state === undefined ? {} : { state: stateFilter(search.state) }),
      ...(search.tags === undefined ? {} : { tags: { all_: search.tags } }),
      ...(search.subflows === undefined ? {} : { parent_task_run_id: { is_null_: true } }),
      ...timeFilter(search, now),
    },
    sort: search.sort ?? DEFAULT_SORT,
    limit: search.size ?? DEFAULT_PAGE_SIZE,
    page: search.page ?? 1,
  };
}

function stateFilter(chosen: readonly string[]) {
  const types = chosen.filter((state): state is StateType => isStateType(state));
  const names = chosen.filter((state) => !isStateType(state));
  return {
    operator: "or_" as const,
    ...(types.length === 0 ? {} : { type: { any_: types } }),
    ...(names.length === 0 ? {} : { name: { any_: names } }),
  };
}

function timeFilter({ from, to, range, upcoming }: RunsSearch, now: Instant) {
  const after = from ?? (range === undefined ? undefined : formatInstant(addSeconds(now, -ranges[range])));
  const before = to ?? (upcoming === "show" ? undefined : formatInstant(addSeconds(now, CLOCK_SLACK_SECONDS)));
  if (after === undefined && before === undefined) return {};
  return {
    start_time: {
      ...(after === undefined ? {} : { after_: after }),
      ...(before === undefined ? {} : { before_: before }),
    },
  };
}

/** Without what is so anyway, so that equal lists have equal addresses. */
export function withoutDefaults(search: RunsSearch): RunsSearch {
  const { page, size, sort, ...kept } = search;
  return {
    ...kept,
    ...(sort === undefined || sort === DEFAULT_SORT ? {} : { sort }),
    ...(page === undefined || page === 1 ? {} : { page }),
    ...(size === undefined || size === DEFAULT_PAGE_SIZE ? {} : { size }),
  };
}

/** What "Clear" takes away: everything that hides runs, not how they are ordered. */
export function withoutFilters({ sort, size }: RunsSearch): RunsSearch {
  const kept: RunsSearch = {};
  assign(kept, "sort", sort);
  assign(kept, "size", size);
  return kept;
}

export function hasFilters(search: RunsSearch): boolean {
  const { sort: _sort, size: _size, page: _page, ...filters } = search;
  return Object.keys(filters).length > 0;
}
