import { QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiError } from "prefect-ts/client";
import { storedAuth } from "./stored-auth.ts";

/** The stream of events says when something is old; this only spares a second request in the same breath. */
const STALE_MS = 5000;
const RETRIES = 3;

function isWorthRetrying(error: unknown): boolean {
  return !(error instanceof ApiError) || error.status === 429 || error.status >= 502;
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (!(error instanceof ApiError) || error.status !== 401 || !storedAuth.exists()) return;
        storedAuth.forget();
        window.location.reload();
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: STALE_MS,
        refetchOnWindowFocus: false,
        retry: (count, error) => count < RETRIES && isWorthRetrying(error),
      },
    },
  });
}
