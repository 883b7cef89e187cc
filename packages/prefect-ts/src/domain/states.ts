import { z } from "zod";
import { instantSchema, jsonSchema, messageSchema, textSchema, timestampSchema, uuidSchema } from "./wire.ts";

export const stateTypes = [
  "SCHEDULED",
  "PENDING",
  "RUNNING",
  "COMPLETED",
  "FAILED",
  "CANCELLED",
  "CRASHED",
  "PAUSED",
  "CANCELLING",
] as const;
export const stateTypeSchema = z.enum(stateTypes);
export type StateType = (typeof stateTypes)[number];

export const terminalStateTypes: ReadonlySet<StateType> = new Set(["COMPLETED", "FAILED", "CANCELLED", "CRASHED"]);

export function isTerminal(type: StateType | null | undefined): boolean {
  return type != null && terminalStateTypes.has(type);
}

const runInputKeysetSchema = z.object({
  description: textSchema.optional(),
  response: textSchema,
  schema: textSchema,
});

function detailsShape<Time extends z.ZodType>(time: Time) {
  return {
    flow_run_id: uuidSchema.nullish(),
    task_run_id: uuidSchema.nullish(),
    child_flow_run_id: uuidSchema.nullish(),
    scheduled_time: time.nullish(),
    cache_key: textSchema.nullish(),
    cache_expiration: time.nullish(),
    deferred: z.boolean().nullish(),
    untrackable_result: z.boolean().optional(),
    pause_timeout: time.nullish(),
    pause_reschedule: z.boolean().optional(),
    pause_key: textSchema.nullish(),
    run_input_keyset: runInputKeysetSchema.nullish(),
    refresh_cache: z.boolean().nullish(),
    retriable: z.boolean().nullish(),
    transition_id: uuidSchema.nullish(),
    task_parameters_id: uuidSchema.nullish(),
    traceparent: textSchema.nullish(),
    deployment_concurrency_lease_id: uuidSchema.nullish(),
  };
}

/** What a state knows beyond its type, as a client sends it; moments become `Instant`. */
export const stateDetailsSchema = z.object(detailsShape(instantSchema));
export type StateDetails = z.output<typeof stateDetailsSchema>;

/** The same as the server answers it: every field present, moments as text. */
const stateDetailsResponseSchema = z.object(detailsShape(timestampSchema));

/** A state as the server answers it. */
export const stateSchema = z.object({
  id: uuidSchema,
  type: stateTypeSchema,
  name: z.string().nullable(),
  timestamp: timestampSchema,
  message: z.string().nullable(),
  data: jsonSchema,
  state_details: stateDetailsResponseSchema,
});
export type State = z.output<typeof stateSchema>;

/** A state as a client proposes it: the server stamps id and time. */
export const stateCreateSchema = z.strictObject({
  type: stateTypeSchema,
  name: textSchema.nullish(),
  message: messageSchema.nullish(),
  data: jsonSchema.optional(),
  state_details: stateDetailsSchema.optional(),
});
export type StateCreate = z.output<typeof stateCreateSchema>;
