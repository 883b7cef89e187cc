import { useQuery } from "@tanstack/react-query";
import { SearchX } from "lucide-react";
import { ApiError } from "prefect-ts/client";
import type { FlowRun, Graph } from "prefect-ts/domain";
import { lazy, Suspense } from "react";
import { Failure, Notice } from "../../components/notice.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { usePageTitle } from "../../lib/page-title.ts";
import { isFinal } from "../../lib/run-states.ts";
import { flowRunQuery, graphQuery } from "../flow-runs/queries.ts";
import { FailureReason } from "./failure-reason.tsx";
import { FlowRunHeader } from "./flow-run-header.tsx";
import { FlowRunTabs } from "./flow-run-tabs.tsx";
import { useLiveFlowRun } from "./live.ts";
import type { FlowRunSearch } from "./search.ts";

const Timeline = lazy(() => import("../timeline/timeline.tsx").then((file) => ({ default: file.Timeline })));

interface FlowRunPageProps {
  readonly id: string;
  readonly search: FlowRunSearch;
}

export function FlowRunPage({ id, search }: FlowRunPageProps) {
  const run = useQuery(flowRunQuery(id));
  usePageTitle(run.data?.name, run.data?.state_type);
  if (run.data !== undefined) return <FoundRun run={run.data} search={search} />;
  if (run.isPending) return <SkeletonRows count={12} />;
  return (
    <main className="pt-16">
      {run.error instanceof ApiError && run.error.status === 404 ? (
        <Notice icon={SearchX} title="This flow run does not exist">
          It was deleted, or its address is not complete.
        </Notice>
      ) : (
        <Failure error={run.error} onRetry={run.refetch} />
      )}
    </main>
  );
}

function FoundRun({ run, search }: { readonly run: FlowRun; readonly search: FlowRunSearch }) {
  const isOn = !isFinal(run.state_type);
  const graph = useQuery(graphQuery(run.id));
  const nodeCount = graph.data?.nodes.length ?? 0;
  const status = useLiveFlowRun({ id: run.id, isOn, nodeCount });
  return (
    <main className="flex h-full flex-col">
      <FlowRunHeader run={run} graph={graph.data} status={status} />
      <FailureReason run={run} graph={graph.data} />
      {graph.isError && (
        <p className="px-5 pb-2 text-danger">The timeline could not be loaded: {graph.error.message}</p>
      )}
      {graph.data !== undefined && nodeCount > 0 && <TimelinePart graph={graph.data} isLive={isOn} />}
      <FlowRunTabs run={run} graph={graph.data} search={search} isOn={isOn} />
    </main>
  );
}

function TimelinePart({ graph, isLive }: { readonly graph: Graph; readonly isLive: boolean }) {
  return (
    <Suspense fallback={<div className="h-32 shrink-0 border-t border-line bg-surface" />}>
      <Timeline graph={graph} isLive={isLive} />
    </Suspense>
  );
}
