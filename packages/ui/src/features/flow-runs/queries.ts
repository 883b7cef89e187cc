import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api } from "../../lib/connection.ts";
import { currentInstant } from "../../lib/time.ts";
import { type RunsSearch, toFilterBody } from "./search.ts";

export const flowRunKeys = {
  all: ["flow-runs"] as const,
  list: (search: RunsSearch) => [...flowRunKeys.all, "list", search] as const,
  one: (id: string) => [...flowRunKeys.all, "one", id] as const,
  graph: (id: string) => [...flowRunKeys.all, "graph", id] as const,
  states: (id: string) => [...flowRunKeys.all, "states", id] as const,
};

export const flowRunPageQuery = (search: RunsSearch) =>
  queryOptions({
    queryKey: flowRunKeys.list(search),
    queryFn: () => api.flow_runs.paginate(toFilterBody(search, currentInstant())),
    placeholderData: keepPreviousData,
  });

export const flowRunQuery = (id: string) =>
  queryOptions({ queryKey: flowRunKeys.one(id), queryFn: () => api.flow_runs.get({ id }) });

export const graphQuery = (id: string) =>
  queryOptions({ queryKey: flowRunKeys.graph(id), queryFn: () => api.flow_runs.graph_v2({ id }) });

export const flowRunStatesQuery = (id: string) =>
  queryOptions({
    queryKey: flowRunKeys.states(id),
    queryFn: () => api.flow_run_states.list({ flow_run_id: id }),
  });
