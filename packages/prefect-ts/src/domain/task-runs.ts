import { z } from "zod";
import { objectFiltersShape } from "./filters.ts";
import { withDeprecatedRetries } from "./retry-policy.ts";
import { stateCreateSchema, stateSchema, stateTypeSchema } from "./states.ts";
import { defaulted, instantSchema, labelsSchema, tagsSchema, textSchema, timestampSchema, uuidSchema } from "./wire.ts";

const LONGEST_DELAY_LIST = 50;
const LONGEST_CACHE_KEY = 2000;

/** How often and when a task run is tried again. */
export const taskRunPolicySchema = z
  .object({
    max_retries: z.number().int().default(0),
    retry_delay_seconds: z.number().default(0),
    retries: z.number().int().nullable().default(null),
    /** Seconds: one for all retries, or one each, the last repeated. */
    retry_delay: z
      .union([z.number(), z.array(z.number()).max(LONGEST_DELAY_LIST, "Can not configure more than 50 retry delays.")])
      .nullable()
      .default(null),
    retry_jitter_factor: z.number().min(0).nullable().default(null),
  })
  .transform(withDeprecatedRetries);
export type TaskRunPolicy = z.output<typeof taskRunPolicySchema>;

/** Where a parameter's value came from; the graph draws its edges from these. */
const taskInputSchema = z.discriminatedUnion("input_type", [
  z.object({ input_type: z.literal("task_run"), id: uuidSchema }),
  z.object({ input_type: z.literal("flow_run"), id: uuidSchema }),
  z.object({ input_type: z.literal("parameter"), name: textSchema }),
  z.object({ input_type: z.literal("constant"), type: textSchema }),
]);
const taskInputsSchema = z.record(textSchema, z.array(taskInputSchema));

export const taskRunCreateSchema = z.strictObject({
  id: uuidSchema.nullish(),
  state: stateCreateSchema.nullish(),
  name: textSchema.nullish(),
  flow_run_id: uuidSchema.nullish(),
  task_key: textSchema,
  dynamic_key: textSchema,
  cache_key: textSchema
    .max(LONGEST_CACHE_KEY, `Cache key exceeded maximum allowed length of ${LONGEST_CACHE_KEY} characters.`)
    .nullish(),
  cache_expiration: instantSchema.nullish(),
  task_version: textSchema.nullish(),
  empirical_policy: taskRunPolicySchema.optional(),
  tags: tagsSchema.default([]),
  labels: labelsSchema.nullish(),
  task_inputs: taskInputsSchema.default({}),
});
export type TaskRunCreate = z.output<typeof taskRunCreateSchema>;

export const taskRunUpdateSchema = z.strictObject({ name: textSchema.nullish() });
export type TaskRunUpdate = z.output<typeof taskRunUpdateSchema>;

const shortTaskRunShape = {
  id: uuidSchema,
  created: timestampSchema,
  updated: timestampSchema,
  name: z.string(),
  flow_run_id: uuidSchema.nullable(),
  task_key: z.string(),
  state_id: uuidSchema.nullable(),
  state: stateSchema.nullable(),
  task_version: z.string().nullable(),
  task_inputs: taskInputsSchema,
  empirical_policy: taskRunPolicySchema,
  tags: z.array(z.string()),
  start_time: timestampSchema.nullable(),
  end_time: timestampSchema.nullable(),
  total_run_time: z.number(),
  estimated_run_time: z.number(),
  estimated_start_time_delta: z.number(),
};

/** What `/task_runs/paginate` shows of a task run. */
export const shortTaskRunSchema = z.object(shortTaskRunShape);
export type ShortTaskRun = z.output<typeof shortTaskRunSchema>;

export const taskRunSchema = z.object({
  ...shortTaskRunShape,
  dynamic_key: z.string(),
  cache_key: z.string().nullable(),
  cache_expiration: timestampSchema.nullable(),
  labels: labelsSchema,
  state_type: stateTypeSchema.nullable(),
  state_name: z.string().nullable(),
  run_count: z.number().int(),
  flow_run_run_count: z.number().int(),
  expected_start_time: timestampSchema.nullable(),
  next_scheduled_start_time: timestampSchema.nullable(),
});
export type TaskRun = z.output<typeof taskRunSchema>;

export const taskRunSorts = [
  "ID_DESC",
  "EXPECTED_START_TIME_ASC",
  "EXPECTED_START_TIME_DESC",
  "NAME_ASC",
  "NAME_DESC",
  "NEXT_SCHEDULED_START_TIME_ASC",
  "END_TIME_DESC",
] as const;
export const taskRunSortSchema = defaulted(z.enum(taskRunSorts), "ID_DESC");
export type TaskRunSort = (typeof taskRunSorts)[number];

const { flows, flow_runs, task_runs, deployments } = objectFiltersShape;

/** What lists of task runs can be narrowed by. */
export const taskRunFiltersShape = { flows, flow_runs, task_runs, deployments };
