import { z } from "zod";
import { instantSchema, jsonObjectSchema, textSchema, timestampSchema, uuidSchema } from "./wire.ts";

const MAXIMUM_LABELS = 500;
const MAXIMUM_RELATED = 100;
const MAXIMUM_EVENT_NAME_LENGTH = 1024;

/** Labels of what an event is about; values are strings. */
export type EventResource = Readonly<Record<string, string>>;

const labelsOf = z.record(textSchema, textSchema);

const resourceSchema = labelsOf
  .refine((labels) => (labels["prefect.resource.id"] ?? "") !== "", {
    message: "Resources must include the prefect.resource.id label",
  })
  .refine((labels) => Object.keys(labels).length <= MAXIMUM_LABELS, {
    message: `The maximum number of labels per resource is ${MAXIMUM_LABELS}`,
  });

const relatedSchema = z
  .array(
    resourceSchema.refine((labels) => (labels["prefect.resource.role"] ?? "") !== "", {
      message: "Related Resources must include the prefect.resource.role label",
    }),
  )
  .max(MAXIMUM_RELATED, { message: `The maximum number of related resources is ${MAXIMUM_RELATED}` });

/** An event as a client sends it; keys we do not know are ignored. */
export const eventSchema = z.object({
  id: uuidSchema,
  occurred: instantSchema,
  event: textSchema.max(MAXIMUM_EVENT_NAME_LENGTH),
  resource: resourceSchema,
  related: relatedSchema.default([]),
  payload: jsonObjectSchema.default({}),
  follows: uuidSchema.nullish(),
});
export type IncomingEvent = z.output<typeof eventSchema>;

/** An event as the server answers it. */
export const receivedEventSchema = z.object({
  id: uuidSchema,
  occurred: timestampSchema,
  received: timestampSchema,
  event: z.string(),
  resource: labelsOf,
  related: z.array(labelsOf),
  payload: jsonObjectSchema,
  follows: uuidSchema.nullable(),
});
export type ReceivedEvent = z.output<typeof receivedEventSchema>;
