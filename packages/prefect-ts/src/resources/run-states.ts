import { NotFoundError } from "../domain/errors.ts";
import type { State } from "../domain/states.ts";
import { toState } from "../storage/codecs/states.ts";
import { toTaskRunState } from "../storage/codecs/task-run-states.ts";
import type { Queryable } from "../storage/database.ts";
import * as flowRunStates from "../storage/queries/flow-run-states.ts";
import * as taskRunStates from "../storage/queries/task-run-states.ts";

export async function getFlowRunState(db: Queryable, id: string): Promise<State> {
  const row = await flowRunStates.findFlowRunState(db, id);
  if (row === undefined) throw new NotFoundError("Flow run state", id);
  return toState(row);
}

/** In the order they happened; none for a run that does not exist. */
export async function listFlowRunStates(db: Queryable, flowRunId: string): Promise<State[]> {
  return (await flowRunStates.listFlowRunStates(db, flowRunId)).map(toState);
}

export async function getTaskRunState(db: Queryable, id: string): Promise<State> {
  const row = await taskRunStates.findTaskRunState(db, id);
  if (row === undefined) throw new NotFoundError("Task run state", id);
  return toTaskRunState(row);
}

/** In the order they happened; none for a run that does not exist. */
export async function listTaskRunStates(db: Queryable, taskRunId: string): Promise<State[]> {
  return (await taskRunStates.listTaskRunStates(db, taskRunId)).map(toTaskRunState);
}
