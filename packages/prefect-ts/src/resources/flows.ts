import { NotFoundError } from "../domain/errors.ts";
import type { ObjectFilters } from "../domain/filters.ts";
import type { Flow, FlowCreate, FlowSort, FlowUpdate } from "../domain/flows.ts";
import { newId } from "../domain/ids.ts";
import type { Instant } from "../domain/instant.ts";
import { jsonText } from "../domain/json.ts";
import { toFlow } from "../storage/codecs/flows.ts";
import type { Database, Queryable, Transaction } from "../storage/database.ts";
import { appendEvents } from "../storage/queries/events.ts";
import * as queries from "../storage/queries/flows.ts";
import type { FlowRow } from "../storage/tables.ts";
import { type Page, pageSize, readPage } from "./pages.ts";

/** A flow of the name exists afterwards; one that was there keeps its tags and labels. */
export async function createFlow(
  db: Database,
  flow: FlowCreate,
  now: Instant,
): Promise<{ flow: Flow; isNew: boolean }> {
  const known = await queries.findFlowByName(db, flow.name);
  if (known !== undefined) return { flow: toFlow(known), isNew: false };
  return db.write(async (tx) => {
    const row: FlowRow = {
      id: newId(),
      created: now,
      updated: now,
      name: flow.name,
      tags: jsonText(flow.tags),
      labels: jsonText(flow.labels ?? {}),
    };
    if (await queries.insertFlow(tx, row)) {
      await emitFlowEvent(tx, "created", row, now);
      return { flow: toFlow(row), isNew: true };
    }
    const winner = await queries.findFlowByName(tx, flow.name);
    if (winner === undefined) throw new NotFoundError("Flow", flow.name);
    return { flow: toFlow(winner), isNew: false };
  });
}

export async function getFlow(db: Queryable, id: string): Promise<Flow> {
  const row = await queries.findFlow(db, id);
  if (row === undefined) throw new NotFoundError("Flow", id);
  return toFlow(row);
}

export async function getFlowByName(db: Queryable, name: string): Promise<Flow> {
  const row = await queries.findFlowByName(db, name);
  if (row === undefined) throw new NotFoundError("Flow", name);
  return toFlow(row);
}

export interface FlowListRequest extends ObjectFilters {
  sort: FlowSort;
  limit?: number | null | undefined;
  offset: number;
}

export async function listFlows(db: Queryable, request: FlowListRequest): Promise<Flow[]> {
  const { sort, offset, limit, ...filters } = request;
  const rows = await queries.listFlows(db, { filters, sort, offset, limit: pageSize(limit) });
  return rows.map(toFlow);
}

export function paginateFlows(
  db: Queryable,
  request: Omit<FlowListRequest, "offset"> & { page: number },
): Promise<Page<Flow>> {
  const { sort, limit, page, ...filters } = request;
  return readPage(
    { limit, page },
    async (size, offset) => (await queries.listFlows(db, { filters, sort, limit: size, offset })).map(toFlow),
    () => queries.countFlows(db, filters),
  );
}

export async function updateFlow(db: Database, id: string, update: FlowUpdate, now: Instant): Promise<void> {
  await db.write(async (tx) => {
    const row = await queries.findFlow(tx, id);
    if (row === undefined) throw new NotFoundError("Flow", id);
    if (update.tags === undefined) return;
    const tags = jsonText(update.tags);
    await queries.updateFlowTags(tx, id, tags, now);
    await emitFlowEvent(tx, "updated", { ...row, tags }, now);
  });
}

export async function deleteFlow(db: Database, id: string, now: Instant): Promise<void> {
  await db.write(async (tx) => {
    const row = await queries.findFlow(tx, id);
    if (row === undefined) throw new NotFoundError("Flow", id);
    await queries.deleteFlows(tx, [id]);
    await emitFlowEvent(tx, "deleted", row, now);
  });
}

export async function deleteMatchingFlows(
  db: Database,
  request: { flows?: ObjectFilters["flows"]; limit: number },
  now: Instant,
): Promise<string[]> {
  return db.write(async (tx) => {
    const filters = { flows: request.flows };
    const rows = await queries.listFlows(tx, { filters, sort: "NAME_ASC", limit: request.limit, offset: 0 });
    await queries.deleteFlows(
      tx,
      rows.map((row) => row.id),
    );
    for (const row of rows) await emitFlowEvent(tx, "deleted", row, now);
    return rows.map((row) => row.id);
  });
}

async function emitFlowEvent(tx: Transaction, what: "created" | "updated" | "deleted", row: FlowRow, now: Instant) {
  await appendEvents(tx, [
    {
      id: newId(),
      occurred: now,
      received: now,
      event: `prefect.flow.${what}`,
      resource: { "prefect.resource.id": `prefect.flow.${row.id}`, "prefect.resource.name": row.name },
      related: [],
      payload: `{"name":${JSON.stringify(row.name)},"tags":${row.tags},"labels":${row.labels}}`,
      follows: null,
    },
  ]);
}
