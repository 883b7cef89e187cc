import type {
  IdCriterion,
  NameCriterion,
  NullableCriterion,
  Operator,
  StateCriterion,
  TagsCriterion,
  TextCriterion,
  TimeCriterion,
} from "../../domain/filters.ts";
import type { DialectName, Statement } from "../database.ts";
import { all, fragment, list, sql } from "../sql.ts";

/** Each criterion as conditions on a column; the column is from our own code, the values are parameters. */

export function joined(operator: Operator, conditions: readonly Statement[]): Statement {
  return all(conditions, operator === "or_" ? "OR" : "AND");
}

type Maybe<Value> = Value | null | undefined;

export function oneOf(column: string, values: Maybe<readonly unknown[]>): Statement[] {
  return values == null ? [] : [sql`${fragment(column)} IN (${list(values)})`];
}

/** An empty list excludes nothing. */
function noneOf(column: string, values: Maybe<readonly unknown[]>): Statement[] {
  return values == null || values.length === 0 ? [] : [sql`${fragment(column)} NOT IN (${list(values)})`];
}

export function isNull(column: string, wanted: Maybe<boolean>): Statement[] {
  if (wanted == null) return [];
  return [sql`${fragment(column)} IS ${fragment(wanted ? "NULL" : "NOT NULL")}`];
}

export function contains(dialect: DialectName, column: string, text: Maybe<string>): Statement[] {
  if (text == null) return [];
  const like = fragment(dialect === "postgres" ? "ILIKE" : "LIKE");
  return [sql`${fragment(column)} ${like} ${`%${text}%`}`];
}

export function ids(column: string, criterion: Maybe<Partial<IdCriterion>>): Statement[] {
  return [...oneOf(column, criterion?.any_), ...noneOf(column, criterion?.not_any_)];
}

export function texts(column: string, criterion: Maybe<TextCriterion>): Statement[] {
  return ids(column, criterion);
}

export function names(dialect: DialectName, column: string, criterion: Maybe<NameCriterion>): Statement[] {
  return [...oneOf(column, criterion?.any_), ...contains(dialect, column, criterion?.like_)];
}

export function times(column: string, criterion: Maybe<Partial<TimeCriterion>>, nullColumn = column): Statement[] {
  if (criterion == null) return [];
  const conditions: Statement[] = [];
  if (criterion.before_ != null) conditions.push(sql`${fragment(column)} <= ${criterion.before_}`);
  if (criterion.after_ != null) conditions.push(sql`${fragment(column)} >= ${criterion.after_}`);
  return [...conditions, ...isNull(nullColumn, criterion.is_null_)];
}

export function nullable(column: string, criterion: Maybe<NullableCriterion>): Statement[] {
  if (criterion == null) return [];
  const conditions = [...oneOf(column, criterion.any_), ...isNull(column, criterion.is_null_)];
  return conditions.length === 0 ? [] : [joined(criterion.operator, conditions)];
}

export function states(table: string, criterion: Maybe<StateCriterion>): Statement[] {
  if (criterion == null) return [];
  const conditions = [
    ...oneOf(`${table}.state_type`, criterion.type?.any_),
    ...noneOf(`${table}.state_type`, criterion.type?.not_any_),
    ...texts(`${table}.state_name`, criterion.name),
  ];
  return conditions.length === 0 ? [] : [joined(criterion.operator, conditions)];
}

export function tags(dialect: DialectName, table: string, criterion: Maybe<Partial<TagsCriterion>>): Statement[] {
  if (criterion == null) return [];
  const column = fragment(`${table}.tags`);
  const elements = fragment(
    dialect === "postgres"
      ? `jsonb_array_elements_text(${table}.tags::jsonb) AS tag (value)`
      : `json_each(${table}.tags) AS tag`,
  );
  const conditions: Statement[] = [];
  for (const tag of criterion.all_ ?? []) {
    conditions.push(sql`EXISTS (SELECT 1 FROM ${elements} WHERE tag.value = ${tag})`);
  }
  if (criterion.any_ != null) {
    conditions.push(sql`EXISTS (SELECT 1 FROM ${elements} WHERE tag.value IN (${list(criterion.any_)}))`);
  }
  if (criterion.is_null_ != null) conditions.push(sql`${column} ${fragment(criterion.is_null_ ? "=" : "<>")} '[]'`);
  return conditions.length === 0 ? [] : [joined(criterion.operator ?? "and_", conditions)];
}
