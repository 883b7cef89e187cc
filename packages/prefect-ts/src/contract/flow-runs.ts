import { z } from "zod";
import { objectFiltersShape } from "../domain/filters.ts";
import { flowRunInputCreateSchema, flowRunInputFilterSchema, flowRunInputSchema } from "../domain/flow-run-inputs.ts";
import {
  flowRunCreateSchema,
  flowRunFilterBodyShape,
  flowRunSchema,
  flowRunUpdateSchema,
} from "../domain/flow-runs.ts";
import { graphSchema } from "../domain/graph.ts";
import { historyRequestShape, historySchema } from "../domain/history.ts";
import {
  orchestrationResultSchema,
  setStateStatusSchema,
  stateResponseDetailsSchema,
} from "../domain/orchestration.ts";
import { stateCreateSchema, stateSchema } from "../domain/states.ts";
import {
  defaulted,
  instantSchema,
  jsonObjectSchema,
  labelsSchema,
  limitSchema,
  offsetSchema,
  pageOf,
  pageSchema,
  textSchema,
  uuidSchema,
} from "../domain/wire.ts";
import { shapes } from "./route.ts";

const params = z.object({ id: uuidSchema });
const inputParams = z.object({ id: uuidSchema, key: textSchema });
const bulkLimitSchema = defaulted(z.number().int().min(1).max(50), 50);

export const flowRunRoutes = shapes("flow_runs", {
  create: { body: flowRunCreateSchema, returns: flowRunSchema, status: 201 },
  get: { params, returns: flowRunSchema },
  update: { params, body: flowRunUpdateSchema, status: 204 },
  delete: { params, status: 204 },
  filter: {
    body: z.object({ ...flowRunFilterBodyShape, limit: limitSchema, offset: offsetSchema }),
    returns: z.array(flowRunSchema),
  },
  count: { body: z.object(objectFiltersShape), returns: z.number().int() },
  paginate: {
    body: z.object({ ...flowRunFilterBodyShape, limit: limitSchema, page: pageSchema }),
    returns: pageOf(flowRunSchema),
  },
  history: { body: z.object(historyRequestShape), returns: historySchema },
  lateness: {
    summary: "Average seconds between the expected and the real start",
    body: z.object(objectFiltersShape),
    returns: z.number().nullable(),
  },
  set_state: {
    summary: "Ask the orchestrator to move a flow run to a new state",
    params,
    body: z.object({ state: stateCreateSchema, force: defaulted(z.boolean(), false) }),
    returns: orchestrationResultSchema,
  },
  bulk_set_state: {
    body: z.object({
      flow_runs: objectFiltersShape.flow_runs,
      state: stateCreateSchema,
      force: defaulted(z.boolean(), false),
      limit: bulkLimitSchema,
    }),
    returns: z.object({
      results: z.array(
        z.object({
          flow_run_id: uuidSchema,
          status: setStateStatusSchema,
          state: stateSchema.nullable(),
          details: stateResponseDetailsSchema,
        }),
      ),
    }),
  },
  bulk_delete: {
    body: z.object({ flow_runs: objectFiltersShape.flow_runs, limit: bulkLimitSchema }),
    returns: z.object({ deleted: z.array(uuidSchema) }),
  },
  resume: {
    params,
    body: z.object({ run_input: jsonObjectSchema.nullish() }),
    returns: orchestrationResultSchema,
  },
  graph_v2: { params, query: z.object({ since: instantSchema.optional() }), returns: graphSchema },
  update_labels: { params, body: labelsSchema, status: 204 },
  download_logs: { summary: "All logs of a run as CSV", params, returns: z.string() },
  create_input: { params, body: flowRunInputCreateSchema, status: 201 },
  filter_input: { params, body: flowRunInputFilterSchema, returns: z.array(flowRunInputSchema) },
  get_input: { summary: "The raw value, as plain text", params: inputParams, returns: z.string() },
  delete_input: { params: inputParams, status: 204 },
});
