import { z } from "zod";
import { defaulted, int32Schema, nameSchema, textSchema, timestampSchema, uuidSchema } from "./wire.ts";

/** Global concurrency limits ("v2"); limits on tags are such limits with names `tag:<tag>`. */

const limitShape = {
  active: z.boolean(),
  name: nameSchema,
  limit: int32Schema.min(0),
  active_slots: int32Schema.min(0),
  denied_slots: int32Schema.min(0),
  slot_decay_per_second: z.number().min(0),
};

export const concurrencyLimitCreateSchema = z.strictObject({
  ...limitShape,
  active: limitShape.active.default(true),
  active_slots: limitShape.active_slots.default(0),
  denied_slots: limitShape.denied_slots.default(0),
  slot_decay_per_second: limitShape.slot_decay_per_second.default(0),
});
export type ConcurrencyLimitCreate = z.output<typeof concurrencyLimitCreateSchema>;

export const concurrencyLimitUpdateSchema = z.strictObject({
  active: limitShape.active.nullish(),
  name: limitShape.name.nullish(),
  limit: limitShape.limit.nullish(),
  active_slots: limitShape.active_slots.nullish(),
  denied_slots: limitShape.denied_slots.nullish(),
  slot_decay_per_second: limitShape.slot_decay_per_second.nullish(),
});
export type ConcurrencyLimitUpdate = z.output<typeof concurrencyLimitUpdateSchema>;

const entityShape = { id: uuidSchema, created: timestampSchema, updated: timestampSchema };

/** What a list and a lookup answer. */
export const concurrencyLimitSchema = z.object({
  ...entityShape,
  active: z.boolean(),
  name: z.string(),
  limit: z.number().int(),
  active_slots: z.number().int(),
  slot_decay_per_second: z.number(),
});
export type ConcurrencyLimit = z.output<typeof concurrencyLimitSchema>;

/** What creation answers. */
export const createdConcurrencyLimitSchema = concurrencyLimitSchema.extend({
  denied_slots: z.number().int(),
  avg_slot_occupancy_seconds: z.number(),
});
export type CreatedConcurrencyLimit = z.output<typeof createdConcurrencyLimitSchema>;

export const minimalConcurrencyLimitSchema = z.object({ id: uuidSchema, name: z.string(), limit: z.number().int() });
export type MinimalConcurrencyLimit = z.output<typeof minimalConcurrencyLimitSchema>;

const leaseHolderSchema = z.strictObject({
  type: z.enum(["flow_run", "task_run", "deployment"]),
  id: uuidSchema,
});

/** Seconds: a minute to a day. */
export const leaseDurationSchema = defaulted(z.number().min(60).max(86_400), 300);

const requestShape = {
  names: z.array(textSchema).min(1),
  slots: int32Schema.min(1),
  mode: defaulted(z.enum(["concurrency", "rate_limit"]), "concurrency"),
};

export const incrementSchema = z.object({ ...requestShape, create_if_missing: z.boolean().nullish() });
export type Increment = z.output<typeof incrementSchema>;

export const incrementWithLeaseSchema = z.object({
  ...requestShape,
  lease_duration: leaseDurationSchema,
  holder: leaseHolderSchema.nullish(),
});
export type IncrementWithLease = z.output<typeof incrementWithLeaseSchema>;

export const decrementSchema = z.object({
  names: requestShape.names,
  slots: requestShape.slots,
  occupancy_seconds: z.number().positive().nullish(),
  create_if_missing: z.boolean().nullish(),
});
export type Decrement = z.output<typeof decrementSchema>;
