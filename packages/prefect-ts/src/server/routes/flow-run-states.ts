import { flowRunStateRoutes } from "../../contract/flow-run-states.ts";
import { getFlowRunState, listFlowRunStates } from "../../resources/run-states.ts";
import { implement } from "../implement.ts";

export const implementation = implement(flowRunStateRoutes, {
  get: ({ params }, { db }) => getFlowRunState(db, params.id),
  list: ({ query }, { db }) => listFlowRunStates(db, query.flow_run_id),
});
