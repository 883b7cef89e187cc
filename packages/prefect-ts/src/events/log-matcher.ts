import type { LogFilter } from "../domain/logs.ts";
import { matchesText, parseTextSearch } from "../domain/text-search.ts";
import type { LogRow } from "../storage/tables.ts";

type Criterion = (log: LogRow) => boolean;

/** Says of log lines whether a filter includes them, in the words of the list's SQL. */
export function createLogMatcher(filter: LogFilter): (log: LogRow) => boolean {
  const criteria = [...criteriaOf(filter)];
  if (filter.operator === "or_" && criteria.length > 0) return (log) => criteria.some((criterion) => criterion(log));
  return (log) => criteria.every((criterion) => criterion(log));
}

function* criteriaOf({ level, timestamp, flow_run_id, task_run_id, text }: LogFilter): Generator<Criterion> {
  const least = level?.ge_;
  if (least != null) yield (log) => log.level >= least;
  const most = level?.le_;
  if (most != null) yield (log) => log.level <= most;
  const before = timestamp?.before_;
  if (before != null) yield (log) => log.timestamp <= before;
  const after = timestamp?.after_;
  if (after != null) yield (log) => log.timestamp >= after;
  const flowRuns = flow_run_id?.any_;
  if (flowRuns != null) yield (log) => log.flow_run_id !== null && flowRuns.includes(log.flow_run_id);
  const taskRuns = task_run_id?.any_;
  if (taskRuns != null) yield (log) => log.task_run_id !== null && taskRuns.includes(log.task_run_id);
  const isNull = task_run_id?.is_null_;
  if (isNull != null) yield (log) => (log.task_run_id === null) === isNull;
  if (text != null) {
    const search = parseTextSearch(text.query);
    yield (log) => matchesText(search, `${log.message} ${log.name}`);
  }
}
