import { logRoutes } from "../../contract/logs.ts";
import { createLogs, listLogs } from "../../resources/logs.ts";
import { implement } from "../implement.ts";

export const implementation = implement(logRoutes, {
  create: ({ body }, { db, now }) => createLogs(db, body, now),
  filter: ({ body }, { db }) => listLogs(db, body),
});
