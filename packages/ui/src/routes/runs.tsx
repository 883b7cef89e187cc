import { createRoute } from "@tanstack/react-router";
import { flowRunPageQuery } from "../features/flow-runs/queries.ts";
import { RunsPage } from "../features/flow-runs/runs-page.tsx";
import { parseRunsSearch } from "../features/flow-runs/search.ts";
import { rootRoute } from "./root.tsx";

/** The URL is the state: a filtered list can be bookmarked. */
export const runsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/runs",
  validateSearch: parseRunsSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context, deps }) => {
    void context.queryClient.prefetchQuery(flowRunPageQuery(deps));
  },
  component: function Runs() {
    return <RunsPage search={runsRoute.useSearch()} />;
  },
});
