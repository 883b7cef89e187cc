import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api } from "../../lib/connection.ts";

const SUGGESTIONS = 50;
/** Names of flows hardly ever change: what was asked once is good for the visit. */
const NAMES_STALE_MS = 10 * 60_000;

const flowKeys = {
  all: ["flows"] as const,
  names: (ids: readonly string[]) => [...flowKeys.all, "names", ids] as const,
  search: (text: string) => [...flowKeys.all, "search", text] as const,
};

/** The names of these flows, by id, in one request. */
export const flowNamesQuery = (ids: readonly string[]) => {
  const sorted = [...new Set(ids)].sort();
  return queryOptions({
    queryKey: flowKeys.names(sorted),
    queryFn: async () => {
      const flows = await api.flows.filter({ flows: { id: { any_: sorted } } });
      return new Map(flows.map(({ id, name }) => [id, name]));
    },
    enabled: sorted.length > 0,
    staleTime: NAMES_STALE_MS,
    placeholderData: keepPreviousData,
  });
};

export const flowSearchQuery = (text: string) =>
  queryOptions({
    queryKey: flowKeys.search(text),
    queryFn: () =>
      api.flows.filter({ ...(text === "" ? {} : { flows: { name: { like_: text } } }), limit: SUGGESTIONS }),
    placeholderData: keepPreviousData,
  });
