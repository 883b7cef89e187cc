import { z } from "zod";
import { parseIsoDuration } from "./duration.ts";
import { type Instant, parseInstant } from "./instant.ts";

/** The building blocks of the wire's shapes: what every resource's schemas are made of. */

/** Any UUID, lower-cased, of any version (`z.uuid()` would refuse those that Python may send). */
export const uuidSchema = z.guid().overwrite((id) => id.toLowerCase());

/** A moment as a client may send it; inside the server it is an `Instant`. */
export const instantSchema = z.union([z.string(), z.number()]).transform((input, context): Instant => {
  const instant = parseInstant(input);
  if (instant !== undefined) return instant;
  context.addIssue({
    code: "custom",
    message: "Input should be a valid datetime",
    params: { type: "datetime_parsing" },
  });
  return z.NEVER;
});

/** A moment as the server answers it: ISO-8601, UTC, microseconds. */
export const timestampSchema = z.string().meta({ format: "date-time" });

/** Text that both databases can hold: PostgreSQL has no NUL character. */
export const textSchema = z
  .string()
  .refine((text) => !text.includes("\u0000"), { message: "String should not contain NUL characters" });

/** Messages come from programs, not from people: a NUL in one is dropped rather than refused. */
export const messageSchema = z
  .string()
  .overwrite((text) => (text.includes("\u0000") ? text.replaceAll("\u0000", "") : text));

/** Opaque JSON: kept as the text that was sent, see `json.ts`. */
export const jsonSchema = z.unknown();

/** An opaque JSON object; the identity of the parsed object survives, and with it the text it came from. */
export const jsonObjectSchema = z.custom<Record<string, unknown>>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  { message: "Input should be a valid dictionary", params: { type: "dict_type" } },
);

export const tagsSchema = z.array(textSchema);

/** Values that Prefect allows as labels of flows and runs. */
export const labelsSchema = z.record(textSchema, z.union([z.boolean(), z.number(), textSchema]));

/** Names that end up in URLs; the characters that break them are refused. */
export const nameSchema = textSchema
  .min(1)
  .regex(/^[^/%&><]*$/, { message: "String should not contain any of: '/', '%', '&', '>', '<'" });

/** A whole number that fits the databases' INTEGER. */
export const int32Schema = z.int32();

export const MAX_PAGE_SIZE = 200;

export const limitSchema = z.number().int().min(0).max(MAX_PAGE_SIZE).nullish();
/** A key of a body that may be left out or null: the reference takes both for the default. */
export function defaulted<Schema extends z.ZodType>(schema: Schema, fallback: NonNullable<z.output<Schema>>) {
  return schema.nullish().transform((value): NonNullable<z.output<Schema>> => value ?? fallback);
}

export const offsetSchema = defaulted(z.number().int().min(0), 0);
export const pageSchema = defaulted(z.number().int().min(1), 1);

/** `{results, count, limit, pages, page}`, as every `/paginate` answers. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    results: z.array(item),
    count: z.number().int(),
    limit: z.number().int(),
    pages: z.number().int(),
    page: z.number().int(),
  });
}

/** Seconds, as a number or as an ISO-8601 duration; inside the server always a number. */
export const durationSchema = z.union([z.number(), z.string()]).transform((input, context): number => {
  const seconds = typeof input === "number" ? input : (parseIsoDuration(input) ?? Number.parseFloat(input));
  if (Number.isFinite(seconds)) return seconds;
  context.addIssue({
    code: "custom",
    message: "Input should be a valid timedelta",
    params: { type: "time_delta_parsing" },
  });
  return z.NEVER;
});
