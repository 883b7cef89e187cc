import { flowRunRoutes } from "../../contract/flow-runs.ts";
import { transitionSettings } from "../../orchestration/settings.ts";
import { createFlowRun } from "../../resources/flow-run-creation.ts";
import { deleteFlowRun, deleteMatchingFlowRuns } from "../../resources/flow-run-deletion.ts";
import { getFlowRunGraph } from "../../resources/flow-run-graph.ts";
import * as inputs from "../../resources/flow-run-inputs.ts";
import { readLogsFile } from "../../resources/flow-run-logs.ts";
import { resumeFlowRun } from "../../resources/flow-run-resumption.ts";
import { setFlowRunState, setMatchingFlowRunStates } from "../../resources/flow-run-transitions.ts";
import * as flowRuns from "../../resources/flow-runs.ts";
import { getLateness, getRunHistory } from "../../resources/run-history.ts";
import { countFlowRuns } from "../../storage/queries/flow-runs.ts";
import type { RequestContext } from "../context.ts";
import { created, implement, text } from "../implement.ts";

const maxParameterBytes = ({ settings }: RequestContext) => settings.get("PREFECT_SERVER_API_MAX_PARAMETER_SIZE");

function orchestrated({ settings, now, clientVersion }: RequestContext) {
  return { now, clientVersion, settings: transitionSettings(settings) };
}

export const implementation = implement(flowRunRoutes, {
  create: async ({ body: run }, context) => {
    const creation = { ...orchestrated(context), run, maxParameterBytes: maxParameterBytes(context) };
    const { flowRun, isNew } = await createFlowRun(context.db, creation);
    return created(flowRun, isNew);
  },
  get: ({ params }, { db, now }) => flowRuns.getFlowRun(db, params.id, now),
  update: ({ params, body: update }, context) => {
    const { db, now } = context;
    return flowRuns.updateFlowRun(db, { id: params.id, update, now, maxParameterBytes: maxParameterBytes(context) });
  },
  delete: ({ params }, { db, now }) => deleteFlowRun(db, params.id, now),
  filter: ({ body }, { db, now }) => flowRuns.listFlowRuns(db, body, now),
  count: ({ body }, { db }) => countFlowRuns(db, body),
  paginate: ({ body }, { db, now }) => flowRuns.paginateFlowRuns(db, body, now),
  history: ({ body }, { db, now }) => {
    const { work_queues: work_pool_queues, history_start, history_end, history_interval_seconds, ...others } = body;
    const filters = { ...others, work_pool_queues };
    return getRunHistory(db, {
      kind: "flow_run",
      history_start,
      history_end,
      history_interval_seconds,
      filters,
      now,
    });
  },
  lateness: ({ body }, { db, now }) => getLateness(db, body, now),

  // A refusal is an answer, not an HTTP error: 200 with the unchanged state; 201 when a new one was written.
  set_state: async ({ params, body }, context) => {
    const proposal = { ...orchestrated(context), id: params.id, proposed: body.state, force: body.force };
    const { result, isNew } = await setFlowRunState(context.db, proposal);
    return created(result, isNew);
  },
  bulk_set_state: async ({ body }, context) => ({
    results: await setMatchingFlowRunStates(context.db, { ...orchestrated(context), ...body }),
  }),
  bulk_delete: async ({ body }, { db, now }) => ({ deleted: await deleteMatchingFlowRuns(db, body, now) }),
  resume: async ({ params, body }, context) => {
    const resumption = { ...orchestrated(context), id: params.id, runInput: body.run_input ?? null };
    const { result, isNew } = await resumeFlowRun(context.db, resumption);
    return created(result, isNew);
  },

  graph_v2: ({ params, query }, { db, settings }) =>
    getFlowRunGraph(db, {
      id: params.id,
      since: query.since,
      maxNodes: settings.get("PREFECT_SERVER_FLOW_RUN_GRAPH_MAX_NODES"),
      maxArtifacts: settings.get("PREFECT_SERVER_FLOW_RUN_GRAPH_MAX_ARTIFACTS"),
    }),
  update_labels: ({ params, body }, { db, now }) => flowRuns.updateFlowRunLabels(db, params.id, body, now),
  download_logs: async ({ params }, { db }) => {
    const { csv, runName } = await readLogsFile(db, params.id);
    const name = encodeURIComponent(`${runName}-logs.csv`);
    return text(csv, "text/csv; charset=utf-8", {
      "content-disposition": `attachment; filename="flow-run-logs.csv"; filename*=UTF-8''${name}`,
    });
  },

  create_input: ({ params, body }, { db, now }) => inputs.createFlowRunInput(db, params.id, body, now),
  filter_input: ({ params, body }, { db }) => inputs.listFlowRunInputs(db, params.id, body),
  get_input: async ({ params }, { db }) =>
    text(await inputs.getFlowRunInput(db, params.id, params.key), "text/plain; charset=utf-8"),
  delete_input: ({ params }, { db }) => inputs.deleteFlowRunInput(db, params.id, params.key),
});
