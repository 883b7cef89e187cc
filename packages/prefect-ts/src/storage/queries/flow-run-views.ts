import type { ObjectFilters } from "../../domain/filters.ts";
import type { FlowRunSort } from "../../domain/flow-runs.ts";
import type { Queryable, Statement } from "../database.ts";
import { narrowed } from "../filters/narrowing.ts";
import { fragment, sql } from "../sql.ts";
import type { FlowRunRow, JsonText } from "../tables.ts";
import { flowRunJoins } from "./flow-runs.ts";

/** A flow run with what its answer shows of other tables; read in one statement. */
export interface FlowRunView extends FlowRunRow {
  readonly message: string | null;
  readonly state_details: JsonText | null;
  readonly data: JsonText | null;
  readonly work_pool_id: string | null;
  readonly work_pool_name: string | null;
}

const STARTED = "COALESCE(flow_run.start_time, flow_run.expected_start_time)";

/** Ties are broken by id, so that pages never overlap; runs without the time count as the earliest. */
const orders: Readonly<Record<FlowRunSort, string>> = {
  ID_DESC: "flow_run.id DESC",
  START_TIME_ASC: `${STARTED} ASC NULLS FIRST, flow_run.id ASC`,
  START_TIME_DESC: `${STARTED} DESC NULLS LAST, flow_run.id DESC`,
  EXPECTED_START_TIME_ASC: "flow_run.expected_start_time ASC NULLS FIRST, flow_run.id ASC",
  EXPECTED_START_TIME_DESC: "flow_run.expected_start_time DESC NULLS LAST, flow_run.id DESC",
  NAME_ASC: "flow_run.name ASC, flow_run.id ASC",
  NAME_DESC: "flow_run.name DESC, flow_run.id DESC",
  NEXT_SCHEDULED_START_TIME_ASC: "flow_run.next_scheduled_start_time ASC NULLS FIRST, flow_run.id ASC",
  END_TIME_DESC: "flow_run.end_time DESC NULLS LAST, flow_run.id DESC",
};

function viewOf(runs: Statement): Statement {
  return sql`
    SELECT flow_run.*, state.message, state.state_details, state.data, work_queue.work_pool_id,
      work_pool.name AS work_pool_name
    FROM (${runs}) AS flow_run
    LEFT JOIN flow_run_state AS state ON state.id = flow_run.state_id
    LEFT JOIN work_queue ON work_queue.id = flow_run.work_queue_id
    LEFT JOIN work_pool ON work_pool.id = work_queue.work_pool_id`;
}

export function findFlowRunView(db: Queryable, id: string): Promise<FlowRunView | undefined> {
  return db.get(viewOf(sql`SELECT * FROM flow_run WHERE id = ${id}`));
}

export interface FlowRunPage {
  readonly filters: ObjectFilters;
  readonly sort: FlowRunSort;
  readonly limit: number;
  readonly offset: number;
}

export function listFlowRunViews(db: Queryable, page: FlowRunPage): Promise<FlowRunView[]> {
  // Ordered again outside: a join may shuffle what it is given.
  return db.all(sql`${viewOf(pageOf(db, page))} ORDER BY ${fragment(orders[page.sort])}`);
}

export async function listFlowRunIds(db: Queryable, page: FlowRunPage): Promise<string[]> {
  const rows = await db.all<{ id: string }>(pageOf(db, page, "flow_run.id"));
  return rows.map((row) => row.id);
}

function pageOf(db: Queryable, page: FlowRunPage, columns = "flow_run.*"): Statement {
  return sql`
    SELECT ${fragment(columns)} FROM flow_run WHERE ${narrowed(db.dialect, "flow_runs", flowRunJoins, page.filters)}
    ORDER BY ${fragment(orders[page.sort])} LIMIT ${page.limit} OFFSET ${page.offset}`;
}
