import type { ObjectFilters } from "../../domain/filters.ts";
import type { DialectName, Statement } from "../database.ts";
import { all, fragment, sql } from "../sql.ts";
import {
  deploymentCondition,
  flowCondition,
  flowRunCondition,
  taskRunCondition,
  workPoolCondition,
  workQueueCondition,
} from "./objects.ts";

/** The tables that lists can be narrowed through, by the name of their filter. */
type FilterName = keyof ObjectFilters;

/** How a row of the filtered table is reached from a row of the listed one: SQL after FROM, ending in a condition. */
export type Joins = { readonly [Name in FilterName]?: string };

/**
 * The filters as one condition on `table`: its own filter directly, the others as "there is such a row".
 * A filter that is given, even an empty one, asks for a row to exist, as in the reference.
 */
export function narrowed(
  dialect: DialectName,
  own: FilterName | undefined,
  joins: Joins,
  filters: ObjectFilters,
): Statement {
  const conditions: Statement[] = [];
  for (const [name, condition] of given(dialect, filters)) {
    const join = joins[name];
    if (name === own) conditions.push(condition);
    else if (join !== undefined) conditions.push(sql`EXISTS (SELECT 1 FROM ${fragment(join)} AND (${condition}))`);
  }
  return all(conditions);
}

function* given(dialect: DialectName, filters: ObjectFilters): Generator<[FilterName, Statement]> {
  if (filters.flows != null) yield ["flows", flowCondition(dialect, filters.flows)];
  if (filters.flow_runs != null) yield ["flow_runs", flowRunCondition(dialect, filters.flow_runs)];
  if (filters.task_runs != null) yield ["task_runs", taskRunCondition(dialect, filters.task_runs)];
  if (filters.deployments != null) yield ["deployments", deploymentCondition(dialect, filters.deployments)];
  if (filters.work_pools != null) yield ["work_pools", workPoolCondition(filters.work_pools)];
  if (filters.work_pool_queues != null) yield ["work_pool_queues", workQueueCondition(filters.work_pool_queues)];
}
