import { taskRunRoutes } from "../../contract/task-runs.ts";
import { transitionSettings } from "../../orchestration/settings.ts";
import { getRunHistory } from "../../resources/run-history.ts";
import { createTaskRun } from "../../resources/task-run-creation.ts";
import * as taskRuns from "../../resources/task-runs.ts";
import { countTaskRuns } from "../../storage/queries/task-runs.ts";
import { created, implement } from "../implement.ts";

export const implementation = implement(taskRunRoutes, {
  create: async ({ body }, { db, settings, now }) => {
    const { taskRun, isNew } = await createTaskRun(db, body, transitionSettings(settings), now);
    return created(taskRun, isNew);
  },
  get: ({ params }, { db, now }) => taskRuns.getTaskRun(db, params.id, now),
  update: ({ params, body }, { db, now }) => taskRuns.updateTaskRun(db, params.id, body, now),
  delete: ({ params }, { db }) => taskRuns.deleteTaskRun(db, params.id),
  filter: ({ body }, { db, now }) => taskRuns.listTaskRuns(db, body, now),
  count: ({ body }, { db }) => countTaskRuns(db, body),
  paginate: ({ body }, { db, now }) => taskRuns.paginateTaskRuns(db, body, now),
  history: ({ body }, { db, now }) => {
    const { history_start, history_end, history_interval_seconds, ...filters } = body;
    return getRunHistory(db, {
      kind: "task_run",
      history_start,
      history_end,
      history_interval_seconds,
      filters,
      now,
    });
  },
  set_state: async ({ params, body }, { db, settings, now, clientVersion }) => {
    const { result, isNew } = await taskRuns.setTaskRunState(db, {
      id: params.id,
      proposed: body.state,
      force: body.force,
      now,
      clientVersion,
      settings: transitionSettings(settings),
    });
    return created(result, isNew);
  },
});
