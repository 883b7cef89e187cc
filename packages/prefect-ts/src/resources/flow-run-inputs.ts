import { ConflictError, NotFoundError } from "../domain/errors.ts";
import type { FlowRunInput } from "../domain/flow-run-inputs.ts";
import { newId } from "../domain/ids.ts";
import type { Instant } from "../domain/instant.ts";
import { toFlowRunInput } from "../storage/codecs/flow-run-inputs.ts";
import type { Database, Queryable } from "../storage/database.ts";
import * as queries from "../storage/queries/flow-run-inputs.ts";
import { findFlowRun } from "../storage/queries/flow-runs.ts";

export interface NewInput {
  readonly key: string;
  readonly value: string;
  readonly sender?: string | null | undefined;
}

/** Hands a value to a run; each key is given once. */
export async function createFlowRunInput(db: Database, flowRunId: string, input: NewInput, now: Instant) {
  await db.write(async (tx) => {
    if ((await findFlowRun(tx, flowRunId)) === undefined) throw new NotFoundError("Flow run", flowRunId);
    const { key, value, sender = null } = input;
    if ((await queries.findFlowRunInput(tx, flowRunId, key)) !== undefined) {
      throw new ConflictError("A flow run input with this key already exists.");
    }
    const times = { created: now, updated: now };
    await queries.insertFlowRunInput(tx, { id: newId(), ...times, flow_run_id: flowRunId, key, value, sender });
  });
}

export interface InputSearch {
  readonly prefix: string;
  readonly limit: number;
  readonly exclude_keys: readonly string[];
}

/** Oldest first. */
export async function listFlowRunInputs(
  db: Queryable,
  flowRunId: string,
  search: InputSearch,
): Promise<FlowRunInput[]> {
  const { prefix, limit, exclude_keys: excludedKeys } = search;
  const rows = await queries.listFlowRunInputs(db, { flowRunId, prefix, excludedKeys, limit });
  return rows.map(toFlowRunInput);
}

export async function getFlowRunInput(db: Queryable, flowRunId: string, key: string): Promise<string> {
  const row = await queries.findFlowRunInput(db, flowRunId, key);
  if (row === undefined) throw new NotFoundError("Flow run input", key);
  return row.value;
}

export async function deleteFlowRunInput(db: Database, flowRunId: string, key: string): Promise<void> {
  if (!(await db.write((tx) => queries.deleteFlowRunInput(tx, flowRunId, key)))) {
    throw new NotFoundError("Flow run input", key);
  }
}
