import { z } from "zod";
import { eventSchema } from "../domain/events.ts";
import { shapes } from "./route.ts";

export const eventRoutes = shapes("events", {
  create: { body: z.array(eventSchema), status: 204 },
});
