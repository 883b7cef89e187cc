import { z } from "zod";
import { stateSchema } from "../domain/states.ts";
import { uuidSchema } from "../domain/wire.ts";
import { shapes } from "./route.ts";

export const taskRunStateRoutes = shapes("task_run_states", {
  get: { params: z.object({ id: uuidSchema }), returns: stateSchema },
  list: {
    summary: "The states of a task run in the order they happened",
    query: z.object({ task_run_id: uuidSchema }),
    returns: z.array(stateSchema),
  },
});
