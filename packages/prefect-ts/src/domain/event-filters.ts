import { z } from "zod";
import { instantSchema, textSchema, uuidSchema } from "./wire.ts";

/**
 * What events are asked for by. Criteria that are absent restrict nothing, and so do empty lists, except a label's
 * list of values: that matches nothing. Unknown keys are refused.
 */

const textsSchema = z.array(textSchema).nullish();

/** By label one value or several; `*` and `?` are wildcards, a leading `!` turns a value's meaning round. */
const labelCriteriaSchema = z.record(
  textSchema,
  z.union([textSchema, z.array(textSchema)]).transform((values) => (typeof values === "string" ? [values] : values)),
);
export type LabelCriteria = z.output<typeof labelCriteriaSchema>;

const anyResourceSchema = z.strictObject({
  id: textsSchema,
  id_prefix: textsSchema,
  labels: labelCriteriaSchema.nullish(),
});
export type AnyResourceFilter = z.output<typeof anyResourceSchema>;

const relatedSchema = z.strictObject({
  id: textsSchema,
  role: textsSchema,
  resources_in_roles: z.array(z.tuple([textSchema, textSchema])).nullish(),
  labels: labelCriteriaSchema.nullish(),
});
export type RelatedFilter = z.output<typeof relatedSchema>;

/** One filter or several that must all hold; always a list afterwards. */
function oneOrMore<Schema extends z.ZodType>(schema: Schema) {
  return z
    .union([z.array(schema), schema.transform((filter) => [filter])])
    .nullish()
    .transform((filters) => filters ?? []);
}

export const eventFilterSchema = z.strictObject({
  occurred: z.strictObject({ since: instantSchema.optional(), until: instantSchema.optional() }).optional(),
  event: z
    .strictObject({ prefix: textsSchema, exclude_prefix: textsSchema, name: textsSchema, exclude_name: textsSchema })
    .nullish(),
  resource: z
    .strictObject({
      id: textsSchema,
      id_prefix: textsSchema,
      labels: labelCriteriaSchema.nullish(),
      distinct: z.boolean().default(false),
    })
    .nullish(),
  related: oneOrMore(relatedSchema),
  any_resource: oneOrMore(anyResourceSchema),
  id: z.strictObject({ id: z.array(uuidSchema).nullish() }).optional(),
  text: z.strictObject({ query: textSchema.max(200) }).nullish(),
  order: z.enum(["ASC", "DESC"]).default("DESC"),
});
export type EventFilter = z.output<typeof eventFilterSchema>;
