import type { FlowRunFilter } from "../domain/filters.ts";
import type { OrchestrationResult } from "../domain/orchestration.ts";
import type { StateCreate } from "../domain/states.ts";
import { type FlowRunProposal, type Outcome, proposeFlowRunState } from "../orchestration/transition.ts";
import { toState } from "../storage/codecs/states.ts";
import type { Database } from "../storage/database.ts";
import { listFlowRunIds } from "../storage/queries/flow-run-views.ts";

export interface AnsweredTransition {
  readonly result: OrchestrationResult;
  /** Whether a state was written. */
  readonly isNew: boolean;
}

export async function setFlowRunState(db: Database, proposal: FlowRunProposal): Promise<AnsweredTransition> {
  const outcome = await db.write((tx) => proposeFlowRunState(tx, proposal));
  return { result: toResult(outcome), isNew: outcome.isNew };
}

export function toResult({ state, status, details }: Outcome): OrchestrationResult {
  return { state: state === null ? null : toState(state), status, details };
}

export interface BulkTransition extends Omit<FlowRunProposal, "id" | "proposed"> {
  readonly flow_runs?: FlowRunFilter | null | undefined;
  readonly state: StateCreate;
  readonly limit: number;
}

export interface BulkResult extends OrchestrationResult {
  readonly flow_run_id: string;
}

/** Each run in a transaction of its own: one that fails is answered as aborted and holds up none of the others. */
export async function setMatchingFlowRunStates(db: Database, change: BulkTransition): Promise<BulkResult[]> {
  const { flow_runs, state, limit, ...proposal } = change;
  const ids = await listFlowRunIds(db, { filters: { flow_runs }, sort: "ID_DESC", limit, offset: 0 });
  const results: BulkResult[] = [];
  for (const id of ids) {
    try {
      const { result } = await setFlowRunState(db, { ...proposal, id, proposed: state });
      results.push({ flow_run_id: id, ...result });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      results.push({ flow_run_id: id, status: "ABORT", state: null, details: { type: "abort_details", reason } });
    }
  }
  return results;
}
