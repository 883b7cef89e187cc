import { z } from "zod";
import { objectFiltersShape } from "./filters.ts";
import { withDeprecatedRetries } from "./retry-policy.ts";
import { stateCreateSchema, stateSchema, stateTypeSchema } from "./states.ts";
import {
  defaulted,
  jsonObjectSchema,
  labelsSchema,
  tagsSchema,
  textSchema,
  timestampSchema,
  uuidSchema,
} from "./wire.ts";

/** How a run behaves once it exists: retries, and what pausing and retrying left behind. */
export const flowRunPolicySchema = z
  .object({
    max_retries: z.number().int().default(0),
    retry_delay_seconds: z.number().default(0),
    retries: z.number().int().nullable().default(null),
    retry_delay: z.number().int().nullable().default(null),
    pause_keys: z.array(textSchema).nullable().default([]),
    resuming: z.boolean().nullable().default(false),
    retry_type: z.enum(["in_process", "reschedule"]).nullable().default(null),
  })
  .transform(withDeprecatedRetries);
export type FlowRunPolicy = z.output<typeof flowRunPolicySchema>;

export const createdBySchema = z.object({
  id: uuidSchema.nullish(),
  type: textSchema.nullish(),
  display_value: textSchema.nullish(),
});
export type CreatedBy = z.output<typeof createdBySchema>;

export const flowRunCreateSchema = z.strictObject({
  state: stateCreateSchema.nullish(),
  name: textSchema.nullish(),
  flow_id: uuidSchema,
  flow_version: textSchema.nullish(),
  parameters: jsonObjectSchema.optional(),
  context: jsonObjectSchema.optional(),
  parent_task_run_id: uuidSchema.nullish(),
  infrastructure_document_id: uuidSchema.nullish(),
  empirical_policy: flowRunPolicySchema.optional(),
  tags: tagsSchema.default([]),
  labels: labelsSchema.nullish(),
  idempotency_key: textSchema.nullish(),
  work_pool_name: textSchema.nullish(),
  work_queue_name: textSchema.nullish(),
  job_variables: jsonObjectSchema.nullish(),
  deployment_id: uuidSchema.nullish(),
});
export type FlowRunCreate = z.output<typeof flowRunCreateSchema>;

export const flowRunUpdateSchema = z.strictObject({
  name: textSchema.nullish(),
  flow_version: textSchema.nullish(),
  parameters: jsonObjectSchema.optional(),
  empirical_policy: flowRunPolicySchema.optional(),
  tags: tagsSchema.optional(),
  infrastructure_pid: textSchema.nullish(),
  job_variables: jsonObjectSchema.nullish(),
});
export type FlowRunUpdate = z.output<typeof flowRunUpdateSchema>;

export const flowRunSchema = z.object({
  id: uuidSchema,
  created: timestampSchema,
  updated: timestampSchema,
  name: z.string(),
  flow_id: uuidSchema,
  state_id: uuidSchema.nullable(),
  deployment_id: uuidSchema.nullable(),
  deployment_version: z.string().nullable(),
  work_queue_id: uuidSchema.nullable(),
  work_queue_name: z.string().nullable(),
  flow_version: z.string().nullable(),
  parameters: jsonObjectSchema,
  idempotency_key: z.string().nullable(),
  context: jsonObjectSchema,
  empirical_policy: flowRunPolicySchema,
  tags: z.array(z.string()),
  labels: labelsSchema,
  parent_task_run_id: uuidSchema.nullable(),
  state_type: stateTypeSchema.nullable(),
  state_name: z.string().nullable(),
  run_count: z.number().int(),
  expected_start_time: timestampSchema.nullable(),
  next_scheduled_start_time: timestampSchema.nullable(),
  start_time: timestampSchema.nullable(),
  end_time: timestampSchema.nullable(),
  total_run_time: z.number(),
  estimated_run_time: z.number(),
  estimated_start_time_delta: z.number(),
  auto_scheduled: z.boolean(),
  infrastructure_document_id: uuidSchema.nullable(),
  infrastructure_pid: z.string().nullable(),
  created_by: createdBySchema.nullable(),
  work_pool_id: uuidSchema.nullable(),
  work_pool_name: z.string().nullable(),
  state: stateSchema.nullable(),
  job_variables: jsonObjectSchema.nullable(),
});
export type FlowRun = z.output<typeof flowRunSchema>;

export const flowRunSorts = [
  "ID_DESC",
  "START_TIME_ASC",
  "START_TIME_DESC",
  "EXPECTED_START_TIME_ASC",
  "EXPECTED_START_TIME_DESC",
  "NAME_ASC",
  "NAME_DESC",
  "NEXT_SCHEDULED_START_TIME_ASC",
  "END_TIME_DESC",
] as const;
const flowRunSortSchema = defaulted(z.enum(flowRunSorts), "ID_DESC");
export type FlowRunSort = (typeof flowRunSorts)[number];

/** What `/flow_runs/filter` and `/paginate` share. */
export const flowRunFilterBodyShape = { ...objectFiltersShape, sort: flowRunSortSchema };
