import { useQueryClient } from "@tanstack/react-query";
import type { SubscriptionStatus } from "prefect-ts/client";
import type { FlowRun } from "prefect-ts/domain";
import { useEffect, useMemo } from "react";
import { type LiveEvent, useLiveEvents } from "../../lib/live.ts";
import { isStateType } from "../../lib/run-states.ts";
import { throttle } from "../../lib/throttle.ts";
import { instantOf } from "../../lib/time.ts";
import { flowRunKeys } from "./queries.ts";

const RUN = "prefect.flow-run.";
/** Under a storm of events the list is read again at most this often. */
const REFETCH_MS = 2000;
const POLL_MS = 5000;

interface Page {
  readonly results: readonly FlowRun[];
}

/** Rows change in place with each event; the list itself (order, new runs, count) follows a moment later. */
export function useLiveFlowRuns(): SubscriptionStatus {
  const client = useQueryClient();
  const refetch = useMemo(
    () => throttle(() => client.invalidateQueries({ queryKey: [...flowRunKeys.all, "list"] }), REFETCH_MS),
    [client],
  );

  const status = useLiveEvents({ prefixes: [RUN] }, (event) => {
    if (event.event === `${RUN}heartbeat`) return;
    client.setQueriesData<Page>({ queryKey: [...flowRunKeys.all, "list"] }, (page) => page && patchPage(page, event));
    refetch();
  });

  useEffect(() => {
    if (status === "live" || status === "connecting") return;
    const timer = setInterval(refetch, POLL_MS);
    return () => clearInterval(timer);
  }, [status, refetch]);
  useEffect(() => refetch.cancel, [refetch]);

  return status;
}

function patchPage<Found extends Page>(page: Found, event: LiveEvent): Found {
  const id = event.resource["prefect.resource.id"]?.slice(RUN.length);
  if (!page.results.some((run) => run.id === id)) return page;
  return { ...page, results: page.results.map((run) => (run.id === id ? patchFlowRun(run, event) : run)) };
}

/** The row as the event leaves it. An event that is older than what the row shows changes nothing. */
export function patchFlowRun(run: FlowRun, { resource }: LiveEvent): FlowRun {
  const type = resource["prefect.state-type"];
  const at = resource["prefect.state-timestamp"];
  if (type === undefined || !isStateType(type) || at === undefined) return run;
  if (run.state !== null && instantOf(run.state.timestamp) >= instantOf(at)) return run;
  return {
    ...run,
    state_type: type,
    state_name: resource["prefect.state-name"] ?? run.state_name,
    start_time: run.start_time ?? (type === "RUNNING" ? at : null),
  };
}
