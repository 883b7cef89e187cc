import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "../../components/toaster.tsx";
import { api } from "../../lib/connection.ts";
import { flowRunKeys } from "./queries.ts";

/** The server takes at most this many runs at a time. */
const BULK_SIZE = 50;

async function inBulks(ids: readonly string[], act: (some: string[]) => Promise<number>): Promise<number> {
  let done = 0;
  for (let at = 0; at < ids.length; at += BULK_SIZE) done += await act(ids.slice(at, at + BULK_SIZE));
  return done;
}

async function cancelFlowRuns(ids: readonly string[]): Promise<number> {
  return inBulks(ids, async (some) => {
    const state = { type: "CANCELLING" as const, name: "Cancelling" };
    const { results } = await api.flow_runs.bulk_set_state({ flow_runs: { id: { any_: some } }, state });
    // A run that nothing executes is cancelled at once, and the server says so by REJECT with CANCELLED.
    return results.filter((result) => result.state?.type === "CANCELLED" || result.state?.type === "CANCELLING").length;
  });
}

async function deleteFlowRuns(ids: readonly string[]): Promise<number> {
  return inBulks(ids, async (some) => {
    const { deleted } = await api.flow_runs.bulk_delete({ flow_runs: { id: { any_: some } } });
    return deleted.length;
  });
}

/** A run of a deployment is scheduled again at once; its worker picks it up. */
async function retryFlowRun(id: string): Promise<void> {
  const state = { type: "SCHEDULED" as const, name: "AwaitingRetry", message: "Retried from the dashboard" };
  const { status, details } = await api.flow_runs.set_state({ id, state });
  if (status !== "ACCEPT") throw new Error(reasonOf(details) ?? "The server did not accept the retry");
}

function reasonOf(details: object): string | undefined {
  return "reason" in details && typeof details.reason === "string" ? details.reason : undefined;
}

const runs = (count: number) => (count === 1 ? "1 run" : `${count} runs`);

function refresh(client: QueryClient): void {
  client.invalidateQueries({ queryKey: flowRunKeys.all });
}

export function useCancelFlowRuns() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: cancelFlowRuns,
    onSuccess: (done, ids) => {
      if (done < ids.length) toast.error(`${runs(ids.length - done)} could not be cancelled: already ended`);
      if (done > 0) toast.success(`Cancelling ${runs(done)}`);
    },
    onError: toast.error,
    onSettled: () => refresh(client),
  });
}

export function useDeleteFlowRuns(onDeleted?: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: deleteFlowRuns,
    onSuccess: (done) => {
      toast.success(`Deleted ${runs(done)}`);
      onDeleted?.();
    },
    onError: toast.error,
    onSettled: () => refresh(client),
  });
}

export function useRetryFlowRun() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: retryFlowRun,
    onSuccess: () => toast.success("Scheduled again"),
    onError: toast.error,
    onSettled: () => refresh(client),
  });
}
