import { InvalidInputError } from "../domain/errors.ts";
import type { ObjectFilters } from "../domain/filters.ts";
import type { History } from "../domain/history.ts";
import { addSeconds, type Instant, MICROSECONDS_PER_SECOND } from "../domain/instant.ts";
import { seconds, time } from "../storage/codecs/columns.ts";
import type { Queryable } from "../storage/database.ts";
import { getAverageLateness, type HistoryRow, listHistory, type RunKind } from "../storage/queries/run-history.ts";

const MOST_INTERVALS = 500;

export interface HistoryRequest {
  readonly kind: RunKind;
  readonly history_start: Instant;
  readonly history_end: Instant;
  readonly history_interval_seconds: number;
  readonly filters: ObjectFilters;
  readonly now: Instant;
}

/** How many runs of each state were expected in each interval; the last interval may reach beyond the end. */
export async function getRunHistory(db: Queryable, request: HistoryRequest): Promise<History> {
  const { kind, filters, now, history_start: start, history_interval_seconds: step } = request;
  if (step < 1) throw new InvalidInputError("History interval must not be less than 1 second.");
  const intervalMicroseconds = Math.round(step * MICROSECONDS_PER_SECOND);
  const wanted = Math.ceil((request.history_end - start) / intervalMicroseconds);
  const count = Math.min(Math.max(wanted, 1), MOST_INTERVALS);
  const end = (start + count * intervalMicroseconds) as Instant;
  if (!Number.isSafeInteger(end)) throw new InvalidInputError("The history ends in a year that cannot be told.");
  const rows = await listHistory(db, kind, filters, { start, end, intervalMicroseconds, now });

  const history: History = Array.from({ length: count }, (_, index) => ({
    interval_start: time(addSeconds(start, index * step)),
    interval_end: time(addSeconds(start, (index + 1) * step)),
    states: [],
  }));
  for (const row of rows) history[row.interval]?.states.push(stateOf(row));
  return history;
}

function stateOf(row: HistoryRow): History[number]["states"][number] {
  return {
    state_type: row.state_type,
    state_name: row.state_name,
    count_runs: row.count,
    sum_estimated_run_time: seconds(row.run_time),
    sum_estimated_lateness: seconds(row.lateness),
  };
}

/** Seconds; null when no run matches. */
export async function getLateness(db: Queryable, filters: ObjectFilters, now: Instant): Promise<number | null> {
  const average = await getAverageLateness(db, filters, now);
  return average === null ? null : seconds(average);
}
