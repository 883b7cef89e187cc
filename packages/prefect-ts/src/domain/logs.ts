import { z } from "zod";
import { anyIdCriterion, operatorSchema, timeCriterion } from "./filters.ts";
import {
  defaulted,
  instantSchema,
  int32Schema,
  messageSchema,
  textSchema,
  timestampSchema,
  uuidSchema,
} from "./wire.ts";

export const logCreateSchema = z.strictObject({
  name: messageSchema,
  /** As Python counts: DEBUG 10, INFO 20, WARNING 30, ERROR 40, CRITICAL 50. */
  level: int32Schema,
  message: messageSchema,
  timestamp: instantSchema,
  flow_run_id: uuidSchema.nullish(),
  task_run_id: uuidSchema.nullish(),
  /** Sent by workers that were given an id; accepted and not kept, as no list asks for it. */
  worker_id: uuidSchema.nullish(),
});
/** A log line on its way into the database. */
export type IncomingLog = z.output<typeof logCreateSchema>;

export const logSchema = z.object({
  id: uuidSchema,
  created: timestampSchema,
  updated: timestampSchema,
  name: z.string(),
  level: z.number().int(),
  message: z.string(),
  timestamp: timestampSchema,
  flow_run_id: uuidSchema.nullable(),
  task_run_id: uuidSchema.nullable(),
});
export type Log = z.output<typeof logSchema>;

export const logFilterSchema = z.strictObject({
  operator: operatorSchema,
  level: z.strictObject({ ge_: int32Schema.nullish(), le_: int32Schema.nullish() }).nullish(),
  timestamp: timeCriterion.nullish(),
  flow_run_id: anyIdCriterion.nullish(),
  task_run_id: z.strictObject({ any_: z.array(uuidSchema).nullish(), is_null_: z.boolean().nullish() }).nullish(),
  text: z.strictObject({ query: textSchema.max(200) }).nullish(),
});
export type LogFilter = z.output<typeof logFilterSchema>;

export const logSortSchema = defaulted(z.enum(["TIMESTAMP_ASC", "TIMESTAMP_DESC"]), "TIMESTAMP_ASC");
export type LogSort = z.output<typeof logSortSchema>;
