import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api } from "../../lib/connection.ts";
import { isStateType } from "../../lib/run-states.ts";

const PAGE_SIZE = 200;

export interface TaskRunFilter {
  readonly flowRunId: string;
  readonly name?: string | undefined;
  readonly states?: readonly string[] | undefined;
}

export const taskRunKeys = {
  all: ["task-runs"] as const,
  list: (filter: TaskRunFilter) => [...taskRunKeys.all, "list", filter] as const,
  one: (id: string) => [...taskRunKeys.all, "one", id] as const,
  states: (id: string) => [...taskRunKeys.all, "states", id] as const,
};

export const taskRunQuery = (id: string) =>
  queryOptions({ queryKey: taskRunKeys.one(id), queryFn: () => api.task_runs.get({ id }) });

export const taskRunStatesQuery = (id: string) =>
  queryOptions({ queryKey: taskRunKeys.states(id), queryFn: () => api.task_run_states.list({ task_run_id: id }) });

/** All task runs of a flow run in the order of their start, a page at a time as the reader scrolls. */
export const taskRunListQuery = (filter: TaskRunFilter) =>
  infiniteQueryOptions({
    queryKey: taskRunKeys.list(filter),
    initialPageParam: 0,
    queryFn: ({ pageParam }) =>
      api.task_runs.filter({
        task_runs: {
          flow_run_id: { any_: [filter.flowRunId] },
          subflow_runs: { exists_: false },
          ...(filter.name === undefined ? {} : { name: { like_: filter.name } }),
          ...(filter.states === undefined ? {} : { state: stateFilter(filter.states) }),
        },
        sort: "EXPECTED_START_TIME_ASC",
        limit: PAGE_SIZE,
        offset: pageParam,
      }),
    getNextPageParam: (last, all) => (last.length < PAGE_SIZE ? undefined : all.length * PAGE_SIZE),
  });

function stateFilter(chosen: readonly string[]) {
  const types = chosen.filter(isStateType);
  const names = chosen.filter((state) => !isStateType(state));
  return {
    operator: "or_" as const,
    ...(types.length === 0 ? {} : { type: { any_: types } }),
    ...(names.length === 0 ? {} : { name: { any_: names } }),
  };
}
