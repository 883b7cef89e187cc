import { z } from "zod";
import { timestampSchema, uuidSchema } from "./wire.ts";

export const csrfTokenSchema = z.object({
  id: uuidSchema,
  created: timestampSchema,
  updated: timestampSchema,
  token: z.string(),
  client: z.string(),
  expiration: timestampSchema,
});
export type CsrfToken = z.output<typeof csrfTokenSchema>;
