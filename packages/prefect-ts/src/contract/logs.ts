import { z } from "zod";
import { logCreateSchema, logFilterSchema, logSchema, logSortSchema } from "../domain/logs.ts";
import { limitSchema, offsetSchema } from "../domain/wire.ts";
import { shapes } from "./route.ts";

export const logRoutes = shapes("logs", {
  create: { body: z.array(logCreateSchema), hasPlainBody: true, status: 201 },
  filter: {
    body: z.object({
      logs: logFilterSchema.nullish(),
      sort: logSortSchema,
      limit: limitSchema,
      offset: offsetSchema,
    }),
    returns: z.array(logSchema),
  },
});
