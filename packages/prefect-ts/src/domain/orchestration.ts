import { z } from "zod";
import { stateSchema } from "./states.ts";

export const setStateStatusSchema = z.enum(["ACCEPT", "REJECT", "ABORT", "WAIT"]);
export type SetStateStatus = z.output<typeof setStateStatusSchema>;

/** Why a proposal ended as it did; the client tells them apart by `type`. */
export const stateResponseDetailsSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("accept_details") }),
  z.object({ type: z.literal("reject_details"), reason: z.string().nullish() }),
  z.object({ type: z.literal("abort_details"), reason: z.string().nullish() }),
  z.object({ type: z.literal("wait_details"), delay_seconds: z.number().int(), reason: z.string().nullish() }),
]);
export type StateResponseDetails = z.output<typeof stateResponseDetailsSchema>;

export const orchestrationResultSchema = z.object({
  state: stateSchema.nullable(),
  status: setStateStatusSchema,
  details: stateResponseDetailsSchema,
});
export type OrchestrationResult = z.output<typeof orchestrationResultSchema>;
