import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useState } from "react";
import { Login } from "./features/shell/login.tsx";
import { storedAuth } from "./lib/stored-auth.ts";
import type { UiSettings } from "./lib/ui-settings.ts";
import type { createAppRouter } from "./router.tsx";

interface AppProps {
  readonly settings: UiSettings;
  readonly queryClient: QueryClient;
  readonly router: ReturnType<typeof createAppRouter>;
}

export function App({ settings, queryClient, router }: AppProps) {
  const [isIn, setIn] = useState(settings.auth === null || storedAuth.exists());
  if (!isIn) return <Login onEntered={() => setIn(true)} />;
  return (
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  );
}
