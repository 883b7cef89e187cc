import { createRoute } from "@tanstack/react-router";
import { lazy } from "react";
import { parseFlowRunSearch } from "../features/flow-run/search.ts";
import { flowRunQuery, graphQuery } from "../features/flow-runs/queries.ts";
import { rootRoute } from "./root.tsx";

const FlowRunPage = lazy(() =>
  import("../features/flow-run/flow-run-page.tsx").then((file) => ({ default: file.FlowRunPage })),
);

export const flowRunRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/runs/flow-run/$id",
  validateSearch: parseFlowRunSearch,
  loader: ({ context, params }) => {
    void context.queryClient.prefetchQuery(flowRunQuery(params.id));
    void context.queryClient.prefetchQuery(graphQuery(params.id));
  },
  component: function FlowRun() {
    const { id } = flowRunRoute.useParams();
    return <FlowRunPage key={id} id={id} search={flowRunRoute.useSearch()} />;
  },
});
