import { z } from "zod";
import { NotFoundError } from "../domain/errors.ts";
import { newId } from "../domain/ids.ts";
import type { Instant } from "../domain/instant.ts";
import { jsonText } from "../domain/json.ts";
import { resuming, running } from "../domain/state-proposals.ts";
import type { TransitionSettings } from "../orchestration/settings.ts";
import { proposeFlowRunState } from "../orchestration/transition.ts";
import { readStateDetails } from "../storage/codecs/state-details.ts";
import { toState } from "../storage/codecs/states.ts";
import type { Database, Transaction } from "../storage/database.ts";
import { findFlowRunInput, insertFlowRunInput } from "../storage/queries/flow-run-inputs.ts";
import { findFlowRunState } from "../storage/queries/flow-run-states.ts";
import { findFlowRunForUpdate } from "../storage/queries/flow-runs.ts";
import { type AnsweredTransition, toResult } from "./flow-run-transitions.ts";

export interface Resumption {
  readonly id: string;
  /** What the run waits for, when it waits for something. */
  readonly runInput: Record<string, unknown> | null;
  readonly now: Instant;
  readonly clientVersion: string | null;
  readonly settings: TransitionSettings;
}

/** Lets a paused run go on: in its process, which waits for RUNNING, or, when it was suspended, scheduled anew. */
export async function resumeFlowRun(db: Database, resumption: Resumption): Promise<AnsweredTransition> {
  return db.write(async (tx) => {
    const { id, now, clientVersion, settings } = resumption;
    const run = await findFlowRunForUpdate(tx, id);
    if (run === undefined) throw new NotFoundError("Flow run", id);
    const state = run.state_id === null ? undefined : await findFlowRunState(tx, run.state_id);
    if (state?.type !== "PAUSED") return aborted("Cannot resume a flow run that is not paused.");

    const details = readStateDetails(state.state_details);
    const keyset = details.run_input_keyset;
    const input = resumption.runInput ?? {};
    const problem = keyset == null ? undefined : await problemOf(tx, id, keyset.schema, input);
    if (problem !== undefined) {
      const reason = { type: "abort_details" as const, reason: problem };
      return { result: { state: toState(state), status: "REJECT", details: reason }, isNew: false };
    }
    const proposed = details.pause_reschedule === true ? resuming(now) : running();
    const outcome = await proposeFlowRunState(tx, { id, proposed, now, clientVersion, settings });
    if (keyset != null && Object.keys(input).length > 0 && outcome.status === "ACCEPT") {
      await storeResponse(tx, id, keyset.response, jsonText(input), now);
    }
    return { result: toResult(outcome), isNew: outcome.isNew };
  });
}

function aborted(reason: string): AnsweredTransition {
  return { result: { state: null, status: "ABORT", details: { type: "abort_details", reason } }, isNew: false };
}

async function storeResponse(tx: Transaction, flowRunId: string, key: string, value: string, now: Instant) {
  const row = { id: newId(), created: now, updated: now, flow_run_id: flowRunId, key, value, sender: null };
  await insertFlowRunInput(tx, row);
}

/** What keeps an input from being accepted; undefined when it fits the schema that the run stored when it paused. */
async function problemOf(
  tx: Transaction,
  flowRunId: string,
  schemaKey: string,
  input: Record<string, unknown>,
): Promise<string | undefined> {
  const stored = await findFlowRunInput(tx, flowRunId, schemaKey);
  if (stored === undefined) return "Run input schema not found.";
  let schema: unknown;
  try {
    schema = JSON.parse(stored.value);
  } catch {
    return "Run input schema is not valid JSON.";
  }
  return mismatch(schema, input);
}

/** The first reason why a value does not fit a JSON schema. */
function mismatch(schema: unknown, value: unknown): string | undefined {
  let fits: z.ZodType;
  try {
    fits = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
  } catch (error) {
    return `Invalid schema: ${error instanceof Error ? error.message : String(error)}`;
  }
  const parsed = fits.safeParse(value);
  if (parsed.success) return undefined;
  const [issue] = parsed.error.issues;
  const where = issue?.path.length ? ` for field '${issue.path.join(".")}'` : "";
  return `Reason: Validation failed${where}. Failure reason: ${issue?.message}`;
}
