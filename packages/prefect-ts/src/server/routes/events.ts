import { eventRoutes } from "../../contract/events.ts";
import { ingest } from "../../resources/ingest.ts";
import { implement } from "../implement.ts";

export const implementation = implement(eventRoutes, {
  create: ({ body }, { db, now }) => ingest(db, { events: body, logs: [] }, now),
});
