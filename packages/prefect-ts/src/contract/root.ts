import { z } from "zod";
import { csrfTokenSchema } from "../domain/csrf-tokens.ts";
import { textSchema } from "../domain/wire.ts";
import { shapes } from "./route.ts";

export const rootRoutes = shapes("root", {
  health: { summary: "Whether the process serves", returns: z.boolean() },
  hello: { returns: z.string() },
  ready: { summary: "Whether the database answers", returns: z.object({ message: z.string() }) },
  version: { summary: "The version of the API, not of the program", returns: z.string() },
  csrf_token: { query: z.object({ client: textSchema }), returns: csrfTokenSchema },
});
