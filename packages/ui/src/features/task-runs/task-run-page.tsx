import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { SearchX } from "lucide-react";
import { ApiError } from "prefect-ts/client";
import type { TaskRun } from "prefect-ts/domain";
import { useEffect } from "react";
import { JsonView } from "../../components/json-view.tsx";
import { Failure, Notice } from "../../components/notice.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { type TabOf, Tabs } from "../../components/tabs.tsx";
import { useHotkeys } from "../../lib/hotkeys.ts";
import { useLiveEvents } from "../../lib/live.ts";
import { usePageTitle } from "../../lib/page-title.ts";
import { isFinal } from "../../lib/run-states.ts";
import { LogsPanel } from "../logs/logs-panel.tsx";
import { StateList } from "../states/state-list.tsx";
import { taskRunKeys, taskRunQuery, taskRunStatesQuery } from "./queries.ts";
import { parseTaskRunSearch, type TaskRunSearch, type TaskRunTab } from "./search.ts";
import { TaskRunHeader } from "./task-run-header.tsx";

const TASK_RUN = "prefect.task-run.";
const POLL_MS = 3000;
/** A state is written to the database a moment after its event. */
const RECORDED_MS = 1000;
const tabs: readonly TabOf<TaskRunTab>[] = [
  { key: "logs", label: "Logs" },
  { key: "states", label: "States" },
  { key: "inputs", label: "Inputs" },
];

interface TaskRunPageProps {
  readonly id: string;
  readonly search: TaskRunSearch;
}

export function TaskRunPage({ id, search }: TaskRunPageProps) {
  const run = useQuery(taskRunQuery(id));
  usePageTitle(run.data?.name, run.data?.state_type);
  if (run.data !== undefined) return <FoundTaskRun run={run.data} search={search} />;
  if (run.isPending) return <SkeletonRows count={12} />;
  return (
    <main className="pt-16">
      {run.error instanceof ApiError && run.error.status === 404 ? (
        <Notice icon={SearchX} title="This task run does not exist">
          It was deleted with its flow run, or its address is not complete.
        </Notice>
      ) : (
        <Failure error={run.error} onRetry={run.refetch} />
      )}
    </main>
  );
}

function FoundTaskRun({ run, search }: { readonly run: TaskRun; readonly search: TaskRunSearch }) {
  const navigate = useNavigate();
  const isOn = !isFinal(run.state_type);
  const show = (next: Record<string, unknown>) =>
    navigate({ to: "/runs/task-run/$id", params: { id: run.id }, search: parseTaskRunSearch(next), replace: true });
  const open = (tab: TaskRunTab) => show(tab === "logs" ? {} : { tab });
  const current = search.tab ?? "logs";
  useLiveTaskRun(run.id, isOn);
  useHotkeys(Object.fromEntries(tabs.map(({ key }, index) => [String(index + 1), () => open(key)])));
  return (
    <main className="flex h-full flex-col">
      <TaskRunHeader run={run} />
      <Tabs tabs={tabs} current={current} onChange={open}>
        {current === "logs" && (
          <LogsPanel
            run={{ taskRunId: run.id }}
            isRunOn={isOn}
            search={search}
            onSearch={(change) => show({ ...search, ...change })}
          />
        )}
        {current === "states" && <StateList query={taskRunStatesQuery(run.id)} />}
        {current === "inputs" && <JsonView label="Inputs" value={run.task_inputs} />}
      </Tabs>
    </main>
  );
}

function useLiveTaskRun(id: string, isOn: boolean): void {
  const client = useQueryClient();
  const read = () => {
    client.invalidateQueries({ queryKey: taskRunKeys.one(id) });
    client.invalidateQueries({ queryKey: taskRunKeys.states(id) });
  };
  const status = useLiveEvents({ prefixes: [TASK_RUN], resourceId: `${TASK_RUN}${id}` }, () => {
    setTimeout(read, RECORDED_MS);
  });
  useEffect(() => {
    if (!isOn || status === "live") return;
    const timer = setInterval(() => client.invalidateQueries({ queryKey: taskRunKeys.all }), POLL_MS);
    return () => clearInterval(timer);
  }, [client, isOn, status]);
}
