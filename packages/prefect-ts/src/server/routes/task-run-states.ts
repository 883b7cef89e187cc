import { taskRunStateRoutes } from "../../contract/task-run-states.ts";
import { getTaskRunState, listTaskRunStates } from "../../resources/run-states.ts";
import { implement } from "../implement.ts";

export const implementation = implement(taskRunStateRoutes, {
  get: ({ params }, { db }) => getTaskRunState(db, params.id),
  list: ({ query }, { db }) => listTaskRunStates(db, query.task_run_id),
});
