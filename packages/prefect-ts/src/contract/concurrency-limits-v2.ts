import { z } from "zod";
import {
  concurrencyLimitCreateSchema,
  concurrencyLimitSchema,
  concurrencyLimitUpdateSchema,
  createdConcurrencyLimitSchema,
  decrementSchema,
  incrementSchema,
  incrementWithLeaseSchema,
  leaseDurationSchema,
  minimalConcurrencyLimitSchema,
} from "../domain/concurrency-limits.ts";
import { limitSchema, offsetSchema, textSchema, uuidSchema } from "../domain/wire.ts";
import { shapes } from "./route.ts";

const params = z.object({ id_or_name: textSchema });

export const concurrencyLimitV2Routes = shapes("concurrency_limits_v2", {
  create: { body: concurrencyLimitCreateSchema, returns: createdConcurrencyLimitSchema, status: 201 },
  get: { params, returns: concurrencyLimitSchema },
  update: { params, body: concurrencyLimitUpdateSchema, status: 204 },
  delete: { params, status: 204 },
  filter: { body: z.object({ limit: limitSchema, offset: offsetSchema }), returns: z.array(concurrencyLimitSchema) },
  increment: {
    summary: "Take slots of all the limits or of none; 423 with Retry-After when they are taken",
    body: incrementSchema,
    returns: z.array(minimalConcurrencyLimitSchema),
  },
  increment_with_lease: {
    summary: "The same, for as long as the lease is renewed",
    body: incrementWithLeaseSchema,
    returns: z.object({ lease_id: uuidSchema, limits: z.array(minimalConcurrencyLimitSchema) }),
  },
  decrement: { body: decrementSchema, returns: z.array(minimalConcurrencyLimitSchema) },
  decrement_with_lease: { body: z.object({ lease_id: uuidSchema }), status: 204 },
  renew_lease: {
    params: z.object({ lease_id: uuidSchema }),
    body: z.object({ lease_duration: leaseDurationSchema }),
    status: 204,
  },
});
