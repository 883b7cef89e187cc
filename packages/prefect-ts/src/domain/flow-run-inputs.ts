import { z } from "zod";
import { defaulted, textSchema, timestampSchema, uuidSchema } from "./wire.ts";

const inputKeySchema = textSchema.regex(/^[a-zA-Z0-9._-]+$/, {
  message: "Flow run input keys must only contain letters, numbers, dots, dashes and underscores",
});

/** A value handed to a run that waits for it, or to any run by another; the value is opaque text. */
export const flowRunInputCreateSchema = z.object({
  key: inputKeySchema,
  value: z.string(),
  sender: textSchema.nullish(),
});

export const flowRunInputFilterSchema = z.object({
  prefix: textSchema,
  limit: defaulted(z.number().int().min(0), 1),
  exclude_keys: defaulted(z.array(textSchema), []),
});

export const flowRunInputSchema = z.object({
  id: uuidSchema,
  created: timestampSchema,
  updated: timestampSchema,
  flow_run_id: uuidSchema,
  key: z.string(),
  value: z.string(),
  sender: z.string().nullable(),
});
export type FlowRunInput = z.output<typeof flowRunInputSchema>;
