import type { QueryClient } from "@tanstack/react-query";
import { createRouter } from "@tanstack/react-router";
import { parseSearch, stringifySearch } from "./lib/search-params.ts";
import { flowRunRoute } from "./routes/flow-run.tsx";
import { redirects } from "./routes/redirects.tsx";
import { rootRoute } from "./routes/root.tsx";
import { runsRoute } from "./routes/runs.tsx";
import { taskRunRoute } from "./routes/task-run.tsx";

const routeTree = rootRoute.addChildren([runsRoute, flowRunRoute, taskRunRoute, ...redirects]);

export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    parseSearch,
    stringifySearch,
    defaultPreload: "intent",
    defaultPreloadStaleTime: 0,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
