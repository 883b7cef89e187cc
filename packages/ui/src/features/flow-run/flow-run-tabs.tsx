import { useNavigate } from "@tanstack/react-router";
import type { FlowRun, Graph } from "prefect-ts/domain";
import { useMemo } from "react";
import { JsonView } from "../../components/json-view.tsx";
import { type TabOf, Tabs } from "../../components/tabs.tsx";
import { useHotkeys } from "../../lib/hotkeys.ts";
import { FlowRunArtifacts } from "../artifacts/flow-run-artifacts.tsx";
import { flowRunStatesQuery } from "../flow-runs/queries.ts";
import { LogsPanel } from "../logs/logs-panel.tsx";
import { StateList } from "../states/state-list.tsx";
import { TaskRunList } from "../task-runs/task-run-list.tsx";
import { type FlowRunSearch, parseFlowRunSearch, type Tab } from "./search.ts";
import { SubflowList } from "./subflow-list.tsx";

interface FlowRunTabsProps {
  readonly run: FlowRun;
  readonly graph: Graph | undefined;
  readonly search: FlowRunSearch;
  readonly isOn: boolean;
}

export function FlowRunTabs({ run, graph, search, isOn }: FlowRunTabsProps) {
  const navigate = useNavigate();
  const show = (next: Record<string, unknown>) =>
    navigate({ to: "/runs/flow-run/$id", params: { id: run.id }, search: parseFlowRunSearch(next), replace: true });
  const tabs = useMemo(() => tabsOf(run, graph), [run, graph]);
  const current = search.tab ?? "logs";
  const open = (tab: Tab) => show(tab === "logs" ? {} : { tab });
  useHotkeys(Object.fromEntries(tabs.map(({ key }, index) => [String(index + 1), () => open(key)])));
  return (
    <Tabs tabs={tabs} current={current} onChange={open}>
      <TabContent
        run={run}
        graph={graph}
        search={search}
        isOn={isOn}
        tab={current}
        onSearch={(change) => show({ ...search, ...change })}
      />
    </Tabs>
  );
}

/** The numbers come with the graph, which the page has anyway. */
function tabsOf(run: FlowRun, graph: Graph | undefined): TabOf<Tab>[] {
  const nodes = graph?.nodes.map(([, node]) => node);
  const subflows = nodes?.filter((node) => node.kind === "flow-run").length;
  const artifacts = nodes?.reduce((sum, node) => sum + node.artifacts.length, graph?.artifacts.length ?? 0);
  return [
    { key: "logs", label: "Logs" },
    { key: "task-runs", label: "Task runs", count: nodes && nodes.length - (subflows ?? 0) },
    ...(subflows ? [{ key: "subflows" as const, label: "Subflow runs", count: subflows }] : []),
    { key: "artifacts", label: "Artifacts", count: artifacts },
    { key: "states", label: "States", count: graph?.states.length },
    { key: "parameters", label: "Parameters", count: Object.keys(run.parameters).length },
  ];
}

interface TabContentProps extends FlowRunTabsProps {
  readonly tab: Tab;
  readonly onSearch: (change: { [Key in keyof FlowRunSearch]?: FlowRunSearch[Key] | undefined }) => void;
}

function TabContent({ tab, run, graph, search, isOn, onSearch }: TabContentProps) {
  const taskNames = useMemo(() => new Map(graph?.nodes.map(([id, { label }]) => [id, label])), [graph]);
  switch (tab) {
    case "logs":
      return (
        <LogsPanel
          run={{ flowRunId: run.id }}
          downloadName={run.name}
          isRunOn={isOn}
          search={search}
          onSearch={onSearch}
          taskNames={taskNames}
        />
      );
    case "task-runs":
      return (
        <TaskRunList
          filter={{ flowRunId: run.id, name: search.q, states: search.state }}
          onName={(q) => onSearch({ q })}
          onStates={(state) => onSearch({ state })}
        />
      );
    case "subflows":
      return <SubflowList graph={graph} />;
    case "artifacts":
      return <FlowRunArtifacts flowRunId={run.id} taskNames={taskNames} isRunOn={isOn} />;
    case "states":
      return <StateList query={flowRunStatesQuery(run.id)} />;
    case "parameters":
      return <JsonView label="Parameters" value={run.parameters} />;
  }
}
