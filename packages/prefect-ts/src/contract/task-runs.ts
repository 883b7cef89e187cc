import { z } from "zod";
import { historySchema, taskRunHistoryRequestShape } from "../domain/history.ts";
import { orchestrationResultSchema } from "../domain/orchestration.ts";
import { stateCreateSchema } from "../domain/states.ts";
import {
  shortTaskRunSchema,
  taskRunCreateSchema,
  taskRunFiltersShape,
  taskRunSchema,
  taskRunSortSchema,
  taskRunUpdateSchema,
} from "../domain/task-runs.ts";
import { defaulted, limitSchema, offsetSchema, pageOf, pageSchema, uuidSchema } from "../domain/wire.ts";
import { shapes } from "./route.ts";

const params = z.object({ id: uuidSchema });
const listShape = { ...taskRunFiltersShape, sort: taskRunSortSchema, limit: limitSchema };

export const taskRunRoutes = shapes("task_runs", {
  create: { body: taskRunCreateSchema, returns: taskRunSchema, status: 201 },
  get: { params, returns: taskRunSchema },
  update: { params, body: taskRunUpdateSchema, status: 204 },
  delete: { params, status: 204 },
  filter: { body: z.object({ ...listShape, offset: offsetSchema }), returns: z.array(taskRunSchema) },
  count: { body: z.object(taskRunFiltersShape), returns: z.number().int() },
  paginate: { body: z.object({ ...listShape, page: pageSchema }), returns: pageOf(shortTaskRunSchema) },
  history: { body: z.object(taskRunHistoryRequestShape), returns: historySchema },
  set_state: {
    summary: "Ask the orchestrator to move a task run to a new state",
    params,
    body: z.object({ state: stateCreateSchema, force: defaulted(z.boolean(), false) }),
    returns: orchestrationResultSchema,
  },
});
