import { z } from "zod";
import { anyIdCriterion, operatorSchema, textCriterion } from "./filters.ts";
import { defaulted, jsonSchema, textSchema, timestampSchema, uuidSchema } from "./wire.ts";

/** Longer values of an artifact's metadata are cut to this many characters and `...`. */
const LONGEST_METADATA_VALUE = 500;

const metadataSchema = z.record(
  textSchema,
  textSchema.overwrite((value) =>
    value.length > LONGEST_METADATA_VALUE ? `${value.slice(0, LONGEST_METADATA_VALUE)}...` : value,
  ),
);

const contentShape = {
  data: jsonSchema.optional(),
  description: textSchema.nullish(),
  metadata_: metadataSchema.nullish(),
};

export const artifactCreateSchema = z.strictObject({
  key: textSchema
    .regex(/^[a-z0-9-]*$/, {
      message: "Artifact key must only contain lowercase letters, numbers, and dashes.",
    })
    .nullish(),
  type: textSchema.nullish(),
  ...contentShape,
  flow_run_id: uuidSchema.nullish(),
  task_run_id: uuidSchema.nullish(),
});
export type ArtifactCreate = z.output<typeof artifactCreateSchema>;

export const artifactUpdateSchema = z.strictObject(contentShape);
export type ArtifactUpdate = z.output<typeof artifactUpdateSchema>;

export const artifactSchema = z.object({
  id: uuidSchema,
  created: timestampSchema,
  updated: timestampSchema,
  key: z.string().nullable(),
  type: z.string().nullable(),
  description: z.string().nullable(),
  data: jsonSchema,
  metadata_: z.record(z.string(), z.string()).nullable(),
  flow_run_id: uuidSchema.nullable(),
  task_run_id: uuidSchema.nullable(),
});
export type Artifact = z.output<typeof artifactSchema>;

/** The newest artifact of a key; `id` is the collection's own, `latest_id` the artifact's. */
export const artifactCollectionSchema = artifactSchema.extend({ key: z.string(), latest_id: uuidSchema });
export type ArtifactCollection = z.output<typeof artifactCollectionSchema>;

const filterShape = {
  operator: operatorSchema,
  key: z
    .strictObject({
      any_: z.array(textSchema).nullish(),
      like_: textSchema.nullish(),
      exists_: z.boolean().nullish(),
    })
    .nullish(),
  flow_run_id: anyIdCriterion.nullish(),
  task_run_id: anyIdCriterion.nullish(),
  type: textCriterion.nullish(),
};

export const artifactFilterSchema = z.strictObject({ ...filterShape, id: anyIdCriterion.nullish() });
export type ArtifactFilter = z.output<typeof artifactFilterSchema>;

export const artifactCollectionFilterSchema = z.strictObject({ ...filterShape, latest_id: anyIdCriterion.nullish() });
export type ArtifactCollectionFilter = z.output<typeof artifactCollectionFilterSchema>;

export const artifactSortSchema = defaulted(
  z.enum(["CREATED_DESC", "UPDATED_DESC", "ID_DESC", "KEY_DESC", "KEY_ASC"]),
  "ID_DESC",
);
export type ArtifactSort = z.output<typeof artifactSortSchema>;
