import type { LogFilter } from "../../domain/logs.ts";
import { parseTextSearch } from "../../domain/text-search.ts";
import type { DialectName, Statement } from "../database.ts";
import { all, fragment, sql } from "../sql.ts";
import { isNull, joined, oneOf, times } from "./criteria.ts";

export function logCondition(dialect: DialectName, filter: LogFilter): Statement {
  const { level, timestamp, flow_run_id, task_run_id, text } = filter;
  return joined(filter.operator, [
    ...(level?.ge_ == null ? [] : [sql`level >= ${level.ge_}`]),
    ...(level?.le_ == null ? [] : [sql`level <= ${level.le_}`]),
    ...times("timestamp", timestamp),
    ...oneOf("flow_run_id", flow_run_id?.any_),
    ...oneOf("task_run_id", task_run_id?.any_),
    ...isNull("task_run_id", task_run_id?.is_null_),
    ...(text == null ? [] : textConditions(dialect, text.query)),
  ]);
}

function textConditions(dialect: DialectName, query: string): Statement[] {
  const { include, exclude, required } = parseTextSearch(query);
  const like = fragment(dialect === "postgres" ? "ILIKE" : "LIKE");
  const has = (term: string) =>
    sql`(message || ' ' || name) ${like} ${`%${term.replace(/[\\%_]/g, "\\$&")}%`} ESCAPE '\\'`;
  const conditions = [...required.map(has), ...exclude.map((term) => sql`NOT ${has(term)}`)];
  if (include.length > 0) conditions.push(all(include.map(has), "OR"));
  return conditions.length === 0 ? [] : [all(conditions)];
}
