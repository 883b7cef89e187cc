import { z } from "zod";
import { objectFiltersShape } from "../domain/filters.ts";
import { flowCreateSchema, flowSchema, flowSortSchema, flowUpdateSchema } from "../domain/flows.ts";
import { defaulted, limitSchema, offsetSchema, pageOf, pageSchema, textSchema, uuidSchema } from "../domain/wire.ts";
import { shapes } from "./route.ts";

const params = z.object({ id: uuidSchema });

export const flowRoutes = shapes("flows", {
  create: { body: flowCreateSchema, returns: flowSchema, status: 201 },
  get: { params, returns: flowSchema },
  get_by_name: { params: z.object({ name: textSchema }), returns: flowSchema },
  update: { params, body: flowUpdateSchema, status: 204 },
  delete: { params, status: 204 },
  filter: {
    body: z.object({ ...objectFiltersShape, sort: flowSortSchema, limit: limitSchema, offset: offsetSchema }),
    returns: z.array(flowSchema),
  },
  count: { body: z.object(objectFiltersShape), returns: z.number().int() },
  paginate: {
    body: z.object({ ...objectFiltersShape, sort: flowSortSchema, limit: limitSchema, page: pageSchema }),
    returns: pageOf(flowSchema),
  },
  bulk_delete: {
    summary: "Delete the flows that match, with their deployments and runs",
    body: z.object({ flows: objectFiltersShape.flows, limit: defaulted(z.number().int().min(1).max(50), 50) }),
    returns: z.object({ deleted: z.array(uuidSchema) }),
  },
});
