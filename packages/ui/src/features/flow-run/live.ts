import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import type { SubscriptionStatus } from "prefect-ts/client";
import type { FlowRun, Graph } from "prefect-ts/domain";
import { useEffect, useMemo, useRef } from "react";
import { type LiveEvent, useLiveEvents } from "../../lib/live.ts";
import { throttle } from "../../lib/throttle.ts";
import { patchFlowRun } from "../flow-runs/live.ts";
import { flowRunKeys } from "../flow-runs/queries.ts";
import { taskRunKeys } from "../task-runs/queries.ts";
import { patchGraph } from "./patch-graph.ts";

const FLOW_RUN = "prefect.flow-run.";
const TASK_RUN = "prefect.task-run.";
/** Events that come in one burst are applied together. */
const BURST_MS = 100;
const LIST_MS = 1500;
/** What no event tells (subflow runs, edges, artifacts) is read again while the run is on: large graphs less often. */
const GRAPH_MS = 4000;
const GRAPH_MS_PER_NODE = 1;
const POLL_MS = 3000;
/** The server records the last task runs a moment after the run has ended. */
const AFTERMATH_MS = 3000;

interface LiveRun {
  readonly id: string;
  readonly isOn: boolean;
  readonly nodeCount: number;
}

/** Keeps a run's page as the run is: each event changes what is shown, without a request. */
export function useLiveFlowRun({ id, isOn, nodeCount }: LiveRun): SubscriptionStatus {
  const client = useQueryClient();
  const burst = useRef<LiveEvent[]>([]);
  const refetchLists = useMemo(
    () => throttle(() => client.invalidateQueries({ queryKey: taskRunKeys.all }), LIST_MS),
    [client],
  );
  useEffect(() => refetchLists.cancel, [refetchLists]);

  const status = useLiveEvents({ prefixes: [FLOW_RUN, TASK_RUN], resourceId: `${FLOW_RUN}${id}` }, (event) => {
    burst.current.push(event);
    if (burst.current.length > 1) return;
    setTimeout(() => {
      const events = burst.current;
      burst.current = [];
      applyEvents(client, id, events);
      if (events.some(({ event: name }) => name.startsWith(TASK_RUN))) refetchLists();
    }, BURST_MS);
  });

  usePolling(id, isOn, status === "live" ? GRAPH_MS + nodeCount * GRAPH_MS_PER_NODE : POLL_MS);
  return status;
}

function applyEvents(client: QueryClient, id: string, events: readonly LiveEvent[]): void {
  const ofTasks = events.filter(({ event }) => event.startsWith(TASK_RUN));
  if (ofTasks.length > 0) {
    client.setQueryData<Graph>(flowRunKeys.graph(id), (graph) => graph && patchGraph(graph, id, ofTasks));
  }
  const ofRun = events.filter(({ event, resource }) => {
    return event !== `${FLOW_RUN}heartbeat` && resource["prefect.resource.id"] === `${FLOW_RUN}${id}`;
  });
  if (ofRun.length === 0) return;
  client.setQueryData<FlowRun>(flowRunKeys.one(id), (run) => run && ofRun.reduce(patchFlowRun, run));
  for (const queryKey of [flowRunKeys.one(id), flowRunKeys.graph(id), flowRunKeys.states(id)]) {
    client.invalidateQueries({ queryKey });
  }
}

function usePolling(id: string, isOn: boolean, intervalMs: number): void {
  const client = useQueryClient();
  const wasOn = useRef(isOn);
  useEffect(() => {
    const read = () => {
      for (const queryKey of [flowRunKeys.one(id), flowRunKeys.graph(id), flowRunKeys.states(id)]) {
        client.invalidateQueries({ queryKey });
      }
    };
    if (!isOn) {
      if (!wasOn.current) return;
      wasOn.current = false;
      const timer = setTimeout(() => {
        read();
        client.invalidateQueries({ queryKey: taskRunKeys.all });
      }, AFTERMATH_MS);
      return () => clearTimeout(timer);
    }
    wasOn.current = true;
    const timer = setInterval(read, intervalMs);
    return () => clearInterval(timer);
  }, [client, id, isOn, intervalMs]);
}
