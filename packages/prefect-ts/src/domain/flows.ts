import { z } from "zod";
import { defaulted, labelsSchema, nameSchema, tagsSchema, timestampSchema, uuidSchema } from "./wire.ts";

export const flowCreateSchema = z.strictObject({
  name: nameSchema,
  tags: tagsSchema.default([]),
  labels: labelsSchema.nullish(),
});
export type FlowCreate = z.output<typeof flowCreateSchema>;

export const flowUpdateSchema = z.strictObject({ tags: tagsSchema.optional() });
export type FlowUpdate = z.output<typeof flowUpdateSchema>;

export const flowSchema = z.object({
  id: uuidSchema,
  created: timestampSchema,
  updated: timestampSchema,
  name: z.string(),
  tags: z.array(z.string()),
  labels: labelsSchema,
});
export type Flow = z.output<typeof flowSchema>;

export const flowSorts = ["CREATED_DESC", "UPDATED_DESC", "NAME_ASC", "NAME_DESC"] as const;
export const flowSortSchema = defaulted(z.enum(flowSorts), "NAME_ASC");
export type FlowSort = (typeof flowSorts)[number];
