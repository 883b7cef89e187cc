import { z } from "zod";
import {
  artifactCollectionFilterSchema,
  artifactCollectionSchema,
  artifactCreateSchema,
  artifactFilterSchema,
  artifactSchema,
  artifactSortSchema,
  artifactUpdateSchema,
} from "../domain/artifacts.ts";
import { objectFiltersShape } from "../domain/filters.ts";
import { limitSchema, offsetSchema, textSchema, uuidSchema } from "../domain/wire.ts";
import { shapes } from "./route.ts";

const params = z.object({ id: uuidSchema });
const { flows, flow_runs, task_runs, deployments } = objectFiltersShape;
const runFilters = { flows, flow_runs, task_runs, deployments };
const pageShape = { sort: artifactSortSchema, limit: limitSchema, offset: offsetSchema };
const filters = { ...runFilters, artifacts: artifactFilterSchema.nullish() };
const latestFilters = { ...runFilters, artifacts: artifactCollectionFilterSchema.nullish() };

export const artifactRoutes = shapes("artifacts", {
  create: { body: artifactCreateSchema, returns: artifactSchema, status: 201 },
  get: { params, returns: artifactSchema },
  get_latest: {
    summary: "The newest artifact of a key; its id is the collection's",
    params: z.object({ key: textSchema }),
    returns: artifactSchema,
  },
  update: { params, body: artifactUpdateSchema, status: 204 },
  delete: { params, status: 204 },
  filter: { body: z.object({ ...filters, ...pageShape }), returns: z.array(artifactSchema) },
  count: { body: z.object(filters), returns: z.number().int() },
  filter_latest: { body: z.object({ ...latestFilters, ...pageShape }), returns: z.array(artifactCollectionSchema) },
  count_latest: { body: z.object(latestFilters), returns: z.number().int() },
});
