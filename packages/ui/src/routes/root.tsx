import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, type ErrorComponentProps } from "@tanstack/react-router";
import { Failure } from "../components/notice.tsx";
import { NotFound } from "../features/shell/not-found.tsx";
import { Shell } from "../features/shell/shell.tsx";

export const rootRoute = createRootRouteWithContext<{ readonly queryClient: QueryClient }>()({
  component: Shell,
  notFoundComponent: NotFound,
  errorComponent: RootError,
});

function RootError({ error, reset }: ErrorComponentProps) {
  return (
    <main className="pt-16">
      <Failure error={error} onRetry={reset} />
    </main>
  );
}
