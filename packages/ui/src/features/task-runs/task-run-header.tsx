import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { TaskRun } from "prefect-ts/domain";
import { Breadcrumbs } from "../../components/breadcrumbs.tsx";
import { Fact, Facts } from "../../components/facts.tsx";
import { Duration, Moment } from "../../components/moment.tsx";
import { StateBadge } from "../../components/state-badge.tsx";
import { Tags } from "../../components/tags.tsx";
import { isFinal } from "../../lib/run-states.ts";
import { flowRunQuery } from "../flow-runs/queries.ts";

export function TaskRunHeader({ run }: { readonly run: TaskRun }) {
  return (
    <header className="flex shrink-0 flex-col gap-1.5 px-5 pt-3 pb-3">
      <Breadcrumbs>{run.flow_run_id !== null && <ParentLink id={run.flow_run_id} />}</Breadcrumbs>
      <div className="flex items-center gap-3">
        <h1 className="min-w-0 truncate text-lg font-semibold">{run.name}</h1>
        <StateBadge type={run.state_type} name={run.state_name} size="large" />
      </div>
      <TaskRunFacts run={run} />
      <TaskRunMessage run={run} />
    </header>
  );
}

function ParentLink({ id }: { readonly id: string }) {
  const parent = useQuery(flowRunQuery(id));
  return (
    <Link to="/runs/flow-run/$id" params={{ id }} className="hover:text-ink hover:underline">
      {parent.data?.name ?? "flow run"}
    </Link>
  );
}

function TaskRunFacts({ run }: { readonly run: TaskRun }) {
  const retries = run.empirical_policy.retries ?? 0;
  return (
    <Facts>
      <Fact label={run.start_time === null ? "Expected" : "Started"}>
        <Moment at={run.start_time ?? run.expected_start_time} isExact />
      </Fact>
      <Fact label="Duration">
        <Duration of={run} isOn={!isFinal(run.state_type)} />
      </Fact>
      {(run.run_count > 1 || retries > 0) && (
        <Fact label="Attempt">
          <span className="tabular">
            {run.run_count} of {retries + 1}
          </span>
        </Fact>
      )}
      <Fact label="Task">
        <span className="font-mono text-xs">{run.task_key}</span>
      </Fact>
      {run.cache_key !== null && (
        <Fact label="Cache key">
          <span className="block max-w-64 truncate font-mono text-xs" title={run.cache_key}>
            {run.cache_key}
          </span>
        </Fact>
      )}
      {run.tags.length > 0 && (
        <Fact label="Tags">
          <Tags tags={run.tags} limit={6} />
        </Fact>
      )}
    </Facts>
  );
}

function TaskRunMessage({ run }: { readonly run: TaskRun }) {
  const hasFailed = run.state_type === "FAILED" || run.state_type === "CRASHED";
  if (!hasFailed || !run.state?.message) return null;
  return (
    <section
      aria-label="Why it failed"
      className="mt-1 max-h-48 overflow-y-auto rounded-md bg-failed-soft px-3 py-2 text-failed"
    >
      <p className="font-mono text-xs break-words whitespace-pre-wrap">{run.state.message}</p>
    </section>
  );
}
