import { createRoute, redirect } from "@tanstack/react-router";
import { rootRoute } from "./root.tsx";

/** Addresses that Prefect's own dashboards have used; links to them stand in logs and messages. */
export const redirects = [
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/",
    beforeLoad: () => {
      throw redirect({ to: "/runs", replace: true });
    },
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/flow-runs",
    beforeLoad: () => {
      throw redirect({ to: "/runs", replace: true });
    },
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/flow-runs/flow-run/$id",
    beforeLoad: ({ params }) => {
      throw redirect({ to: "/runs/flow-run/$id", params, replace: true });
    },
  }),
  createRoute({
    getParentRoute: () => rootRoute,
    path: "/flow-runs/task-run/$id",
    beforeLoad: ({ params }) => {
      throw redirect({ to: "/runs/task-run/$id", params, replace: true });
    },
  }),
];
