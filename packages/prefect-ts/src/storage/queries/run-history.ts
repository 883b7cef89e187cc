import type { ObjectFilters } from "../../domain/filters.ts";
import type { Instant } from "../../domain/instant.ts";
import { type StateType, terminalStateTypes } from "../../domain/states.ts";
import type { Queryable, Statement } from "../database.ts";
import { narrowed } from "../filters/narrowing.ts";
import { fragment, list, sql } from "../sql.ts";
import { flowRunJoins } from "./flow-runs.ts";
import { taskRunJoins } from "./task-runs.ts";

export type RunKind = "flow_run" | "task_run";

export interface HistorySpan {
  readonly start: Instant;
  /** Exclusive. */
  readonly end: Instant;
  readonly intervalMicroseconds: number;
  readonly now: Instant;
}

/** The runs of one state that were expected to start in one interval. Sums are microseconds. */
export interface HistoryRow {
  readonly interval: number;
  readonly state_type: StateType;
  readonly state_name: string;
  readonly count: number;
  readonly run_time: number;
  readonly lateness: number;
}

export function listHistory(
  db: Queryable,
  kind: RunKind,
  filters: ObjectFilters,
  span: HistorySpan,
): Promise<HistoryRow[]> {
  const { start, end, intervalMicroseconds, now } = span;
  return db.all(sql`
    SELECT run."interval", run.state_type, run.state_name, COUNT(*) AS count,
      SUM(run.run_time) AS run_time, SUM(run.lateness) AS lateness
    FROM (
      SELECT CAST((expected_start_time - ${start}) / ${intervalMicroseconds} AS INTEGER) AS "interval", state_type, state_name,
        ${runTime(now)} AS run_time, ${lateness(now)} AS lateness
      FROM ${fragment(kind)}
      WHERE expected_start_time >= ${start} AND expected_start_time < ${end} AND state_type IS NOT NULL
        AND ${condition(db, kind, filters)}
    ) AS run
    GROUP BY run."interval", run.state_type, run.state_name
    ORDER BY run."interval", run.state_type, run.state_name`);
}

/** Microseconds that flow runs started late, or are late by now, on average; null when there is no run. */
export async function getAverageLateness(db: Queryable, filters: ObjectFilters, now: Instant): Promise<number | null> {
  const row = await db.get<{ average: number | null }>(
    sql`SELECT AVG(${lateness(now)}) AS average FROM flow_run WHERE ${condition(db, "flow_run", filters)}`,
  );
  return row?.average ?? null;
}

function condition(db: Queryable, kind: RunKind, filters: ObjectFilters): Statement {
  return kind === "flow_run"
    ? narrowed(db.dialect, "flow_runs", flowRunJoins, filters)
    : narrowed(db.dialect, "task_runs", taskRunJoins, filters);
}

/** The same arithmetic as `codecs/run-times.ts`, where the rows are. */
function runTime(now: Instant): Statement {
  return sql`CASE WHEN state_type = 'RUNNING' AND state_timestamp < ${now}
    THEN total_run_time + (${now} - state_timestamp) ELSE total_run_time END`;
}

function lateness(now: Instant): Statement {
  return sql`CASE
    WHEN start_time > expected_start_time THEN start_time - expected_start_time
    WHEN start_time IS NULL AND state_type NOT IN (${list([...terminalStateTypes])}) AND expected_start_time < ${now}
      THEN ${now} - expected_start_time
    ELSE 0 END`;
}
