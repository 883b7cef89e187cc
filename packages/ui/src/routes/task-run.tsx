import { createRoute } from "@tanstack/react-router";
import { lazy } from "react";
import { taskRunQuery } from "../features/task-runs/queries.ts";
import { parseTaskRunSearch } from "../features/task-runs/search.ts";
import { rootRoute } from "./root.tsx";

const TaskRunPage = lazy(() =>
  import("../features/task-runs/task-run-page.tsx").then((file) => ({ default: file.TaskRunPage })),
);

export const taskRunRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/runs/task-run/$id",
  validateSearch: parseTaskRunSearch,
  loader: ({ context, params }) => {
    void context.queryClient.prefetchQuery(taskRunQuery(params.id));
  },
  component: function TaskRun() {
    const { id } = taskRunRoute.useParams();
    return <TaskRunPage key={id} id={id} search={taskRunRoute.useSearch()} />;
  },
});
