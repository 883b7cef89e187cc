import { z } from "zod";
import { objectFiltersShape } from "./filters.ts";
import { stateTypeSchema } from "./states.ts";
import { durationSchema, instantSchema, timestampSchema } from "./wire.ts";

const { work_pool_queues, work_pools, ...sharedFilters } = objectFiltersShape;

/** Of task runs; `history_interval_seconds` is at least 1. */
export const taskRunHistoryRequestShape = {
  history_start: instantSchema,
  history_end: instantSchema,
  history_interval_seconds: durationSchema,
  ...sharedFilters,
};

/** Here the queue filter is called `work_queues`; everywhere else it is `work_pool_queues`. */
export const historyRequestShape = { ...taskRunHistoryRequestShape, work_pools, work_queues: work_pool_queues };

export const historySchema = z.array(
  z.object({
    interval_start: timestampSchema,
    interval_end: timestampSchema,
    states: z.array(
      z.object({
        state_type: stateTypeSchema,
        state_name: z.string(),
        count_runs: z.number().int(),
        sum_estimated_run_time: z.number(),
        sum_estimated_lateness: z.number(),
      }),
    ),
  }),
);
export type History = z.output<typeof historySchema>;
