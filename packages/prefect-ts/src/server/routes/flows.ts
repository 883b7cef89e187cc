import { flowRoutes } from "../../contract/flows.ts";
import * as flows from "../../resources/flows.ts";
import { countFlows } from "../../storage/queries/flows.ts";
import { created, implement } from "../implement.ts";

export const implementation = implement(flowRoutes, {
  create: async ({ body }, { db, now }) => {
    const { flow, isNew } = await flows.createFlow(db, body, now);
    return created(flow, isNew);
  },
  get: ({ params }, { db }) => flows.getFlow(db, params.id),
  get_by_name: ({ params }, { db }) => flows.getFlowByName(db, params.name),
  update: ({ params, body }, { db, now }) => flows.updateFlow(db, params.id, body, now),
  delete: ({ params }, { db, now }) => flows.deleteFlow(db, params.id, now),
  filter: ({ body }, { db }) => flows.listFlows(db, body),
  count: ({ body }, { db }) => countFlows(db, body),
  paginate: ({ body }, { db }) => flows.paginateFlows(db, body),
  bulk_delete: async ({ body }, { db, now }) => ({ deleted: await flows.deleteMatchingFlows(db, body, now) }),
});
