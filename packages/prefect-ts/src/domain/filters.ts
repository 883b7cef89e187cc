import { z } from "zod";
import { stateTypeSchema } from "./states.ts";
import { instantSchema, textSchema, uuidSchema } from "./wire.ts";

/**
 * The criteria that filters are made of. A null or absent criterion restricts nothing; `any_: []` matches nothing;
 * `not_any_: []` restricts nothing; `before_` and `after_` are inclusive. Unknown keys are refused.
 */

export const operatorSchema = z.enum(["and_", "or_"]).default("and_");
export type Operator = z.output<typeof operatorSchema>;

export const idCriterion = z.strictObject({
  any_: z.array(uuidSchema).nullish(),
  not_any_: z.array(uuidSchema).nullish(),
});
export const anyIdCriterion = z.strictObject({ any_: z.array(uuidSchema).nullish() });
export const nameCriterion = z.strictObject({ any_: z.array(textSchema).nullish(), like_: textSchema.nullish() });
const anyTextCriterion = z.strictObject({ any_: z.array(textSchema).nullish() });
export const textCriterion = z.strictObject({
  any_: z.array(textSchema).nullish(),
  not_any_: z.array(textSchema).nullish(),
});
export const tagsCriterion = z.strictObject({
  operator: operatorSchema,
  all_: z.array(textSchema).nullish(),
  any_: z.array(textSchema).nullish(),
  is_null_: z.boolean().nullish(),
});
export const timeCriterion = z.strictObject({ before_: instantSchema.nullish(), after_: instantSchema.nullish() });
export const nullableTimeCriterion = z.strictObject({
  before_: instantSchema.nullish(),
  after_: instantSchema.nullish(),
  is_null_: z.boolean().nullish(),
});
const nullableIdCriterion = z.strictObject({
  operator: operatorSchema,
  any_: z.array(uuidSchema).nullish(),
  is_null_: z.boolean().nullish(),
});
export const nullableTextCriterion = z.strictObject({
  operator: operatorSchema,
  any_: z.array(textSchema).nullish(),
  is_null_: z.boolean().nullish(),
});
export const stateCriterion = z.strictObject({
  operator: operatorSchema,
  type: z
    .strictObject({ any_: z.array(stateTypeSchema).nullish(), not_any_: z.array(stateTypeSchema).nullish() })
    .nullish(),
  name: textCriterion.nullish(),
});

export type IdCriterion = z.output<typeof idCriterion>;
export type NameCriterion = z.output<typeof nameCriterion>;
export type TextCriterion = z.output<typeof textCriterion>;
export type TagsCriterion = z.output<typeof tagsCriterion>;
export type TimeCriterion = z.output<typeof nullableTimeCriterion>;
export type NullableCriterion = z.output<typeof nullableTextCriterion>;
export type StateCriterion = z.output<typeof stateCriterion>;

export const flowFilterSchema = z.strictObject({
  operator: operatorSchema,
  id: idCriterion.nullish(),
  deployment: z.strictObject({ operator: operatorSchema, is_null_: z.boolean().nullish() }).nullish(),
  name: nameCriterion.nullish(),
  tags: tagsCriterion.nullish(),
});
export type FlowFilter = z.output<typeof flowFilterSchema>;

export const flowRunFilterSchema = z.strictObject({
  operator: operatorSchema,
  id: idCriterion.nullish(),
  name: nameCriterion.nullish(),
  tags: tagsCriterion.nullish(),
  deployment_id: nullableIdCriterion.nullish(),
  work_queue_name: nullableTextCriterion.nullish(),
  state: stateCriterion.nullish(),
  flow_version: anyTextCriterion.nullish(),
  start_time: nullableTimeCriterion.nullish(),
  end_time: nullableTimeCriterion.nullish(),
  expected_start_time: timeCriterion.nullish(),
  next_scheduled_start_time: timeCriterion.nullish(),
  parent_flow_run_id: z.strictObject({ operator: operatorSchema, any_: z.array(uuidSchema).nullish() }).nullish(),
  parent_task_run_id: nullableIdCriterion.nullish(),
  idempotency_key: textCriterion.nullish(),
  created_by: z
    .strictObject({
      operator: operatorSchema,
      id_: z.array(uuidSchema).nullish(),
      type_: z.array(textSchema).nullish(),
      is_null_: z.boolean().nullish(),
    })
    .nullish(),
});
export type FlowRunFilter = z.output<typeof flowRunFilterSchema>;

export const taskRunFilterSchema = z.strictObject({
  operator: operatorSchema,
  id: idCriterion.nullish(),
  name: nameCriterion.nullish(),
  tags: tagsCriterion.nullish(),
  state: stateCriterion.nullish(),
  start_time: nullableTimeCriterion.nullish(),
  end_time: nullableTimeCriterion.nullish(),
  expected_start_time: timeCriterion.nullish(),
  subflow_runs: z.strictObject({ exists_: z.boolean().nullish() }).nullish(),
  /** The reference defaults `is_null_` to false here: writing the object at all asks for runs inside a flow run. */
  flow_run_id: z
    .strictObject({
      operator: operatorSchema,
      any_: z.array(uuidSchema).nullish(),
      is_null_: z.boolean().nullish().default(false),
    })
    .nullish(),
});
export type TaskRunFilter = z.output<typeof taskRunFilterSchema>;

export const deploymentFilterSchema = z.strictObject({
  operator: operatorSchema,
  id: idCriterion.nullish(),
  name: nameCriterion.nullish(),
  flow_or_deployment_name: z.strictObject({ like_: textSchema.nullish() }).nullish(),
  paused: z.strictObject({ eq_: z.boolean().nullish() }).nullish(),
  tags: tagsCriterion.nullish(),
  work_queue_name: anyTextCriterion.nullish(),
  concurrency_limit: z
    .strictObject({ ge_: z.number().int().nullish(), le_: z.number().int().nullish(), is_null_: z.boolean().nullish() })
    .nullish(),
});
export type DeploymentFilter = z.output<typeof deploymentFilterSchema>;

export const workPoolFilterSchema = z.strictObject({
  operator: operatorSchema,
  id: anyIdCriterion.nullish(),
  name: anyTextCriterion.nullish(),
  type: anyTextCriterion.nullish(),
});
export type WorkPoolFilter = z.output<typeof workPoolFilterSchema>;

export const workQueueFilterSchema = z.strictObject({
  operator: operatorSchema,
  id: anyIdCriterion.nullish(),
  name: z.strictObject({ any_: z.array(textSchema).nullish(), startswith_: z.array(textSchema).nullish() }).nullish(),
});
export type WorkQueueFilter = z.output<typeof workQueueFilterSchema>;

/** What every list of runs can be narrowed by; different objects are ANDed. */
export const objectFiltersShape = {
  flows: flowFilterSchema.nullish(),
  flow_runs: flowRunFilterSchema.nullish(),
  task_runs: taskRunFilterSchema.nullish(),
  deployments: deploymentFilterSchema.nullish(),
  work_pools: workPoolFilterSchema.nullish(),
  work_pool_queues: workQueueFilterSchema.nullish(),
};
export const objectFiltersSchema = z.object(objectFiltersShape);
export type ObjectFilters = z.output<typeof objectFiltersSchema>;
