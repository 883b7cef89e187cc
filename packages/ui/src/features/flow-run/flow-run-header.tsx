import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { SubscriptionStatus } from "prefect-ts/client";
import type { FlowRun, Graph } from "prefect-ts/domain";
import { Breadcrumbs } from "../../components/breadcrumbs.tsx";
import { Fact, Facts } from "../../components/facts.tsx";
import { LiveDot } from "../../components/live-dot.tsx";
import { Duration, Moment } from "../../components/moment.tsx";
import { StateBadge } from "../../components/state-badge.tsx";
import { Tags } from "../../components/tags.tsx";
import { isFinal } from "../../lib/run-states.ts";
import { flowNamesQuery } from "../flows/queries.ts";
import { FlowRunActions } from "./flow-run-actions.tsx";

interface FlowRunHeaderProps {
  readonly run: FlowRun;
  readonly graph: Graph | undefined;
  readonly status: SubscriptionStatus;
}

export function FlowRunHeader({ run, graph, status }: FlowRunHeaderProps) {
  const flows = useQuery(flowNamesQuery([run.flow_id]));
  const flowName = flows.data?.get(run.flow_id);
  return (
    <header className="flex shrink-0 flex-col gap-1.5 px-5 pt-3 pb-3">
      <Breadcrumbs>
        {flowName !== undefined && (
          <Link to="/runs" search={{ flow: [run.flow_id] }} className="hover:text-ink hover:underline">
            {flowName}
          </Link>
        )}
      </Breadcrumbs>
      <div className="flex items-center gap-3">
        <h1 className="min-w-0 truncate text-lg font-semibold">{run.name}</h1>
        <StateBadge type={run.state_type} name={run.state_name} size="large" />
        <LiveDot status={status} />
        <div className="flex-1" />
        <FlowRunActions run={run} />
      </div>
      <RunFacts run={run} graph={graph} />
    </header>
  );
}

function RunFacts({ run, graph }: Pick<FlowRunHeaderProps, "run" | "graph">) {
  const isOn = !isFinal(run.state_type);
  const tasks = graph?.nodes.filter(([, node]) => node.kind === "task-run").length;
  const startLabel = run.start_time === null ? "Expected" : "Started";
  return (
    <Facts>
      <Fact label={startLabel}>
        <Moment at={run.start_time ?? run.expected_start_time} isExact />
      </Fact>
      <Fact label="Duration">
        <Duration of={run} isOn={isOn} />
      </Fact>
      {tasks !== undefined && (
        <Fact label="Task runs">
          <span className="tabular">{tasks.toLocaleString("en-GB")}</span>
        </Fact>
      )}
      {run.run_count > 1 && (
        <Fact label="Attempt">
          <span className="tabular">{run.run_count}</span>
        </Fact>
      )}
      {run.parent_task_run_id !== null && (
        <Fact label="Called by">
          <Link to="/runs/task-run/$id" params={{ id: run.parent_task_run_id }} className="text-accent hover:underline">
            parent run
          </Link>
        </Fact>
      )}
      {run.work_pool_name !== null && <Fact label="Work pool">{run.work_pool_name}</Fact>}
      {run.tags.length > 0 && (
        <Fact label="Tags">
          <Tags tags={run.tags} limit={6} />
        </Fact>
      )}
    </Facts>
  );
}
