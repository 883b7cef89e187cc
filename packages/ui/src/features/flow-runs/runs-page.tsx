import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Inbox, SearchX } from "lucide-react";
import type { FlowRun } from "prefect-ts/domain";
import { useRef, useState } from "react";
import { Button } from "../../components/button.tsx";
import { LiveDot } from "../../components/live-dot.tsx";
import { Failure, Notice } from "../../components/notice.tsx";
import { Pager } from "../../components/pager.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { useHotkeys } from "../../lib/hotkeys.ts";
import { usePageTitle } from "../../lib/page-title.ts";
import { flowNamesQuery } from "../flows/queries.ts";
import { BulkBar } from "./bulk-bar.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { useLiveFlowRuns } from "./live.ts";
import { flowRunPageQuery } from "./queries.ts";
import { RunsTable } from "./runs-table.tsx";
import {
  DEFAULT_PAGE_SIZE,
  hasFilters,
  pageSizes,
  type RunsSearch,
  withoutDefaults,
  withoutFilters,
} from "./search.ts";
import { type Selection, useSelection } from "./use-selection.ts";

const SKELETON_ROWS = 12;
const wholeNumber = new Intl.NumberFormat("en-GB");

interface RunsPageProps {
  readonly search: RunsSearch;
}

export function RunsPage({ search }: RunsPageProps) {
  usePageTitle("Runs");
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  const status = useLiveFlowRuns();
  const runs = useQuery(flowRunPageQuery(search));
  const selection = useSelection();
  const show = (next: RunsSearch) => navigate({ to: "/runs", search: withoutDefaults(next) });
  const count = runs.data?.count;

  return (
    <main className="flex h-full flex-col">
      <header className="flex flex-col gap-2.5 px-5 pt-4 pb-3">
        <div className="flex h-[30px] items-center gap-3">
          <h1 className="text-lg font-semibold">Runs</h1>
          {count !== undefined && <span className="tabular text-muted">{wholeNumber.format(count)}</span>}
          <LiveDot status={status} />
          <div className="flex-1" />
          {selection.ids.size > 0 && <BulkBar ids={[...selection.ids]} onDone={selection.clear} />}
        </div>
        <FilterBar search={search} onChange={show} inputRef={input} />
      </header>
      <Results search={search} onSearch={show} focusSearch={() => input.current?.focus()} selection={selection} />
      <footer className="flex h-10 shrink-0 items-center justify-end border-t border-line px-5">
        <Pager
          page={search.page ?? 1}
          pages={runs.data?.pages ?? 1}
          onPage={(page) => show({ ...search, page })}
          size={search.size ?? DEFAULT_PAGE_SIZE}
          sizes={pageSizes}
          onSize={(size) => show({ ...search, page: 1, size })}
        />
      </footer>
    </main>
  );
}

interface ResultsProps {
  readonly search: RunsSearch;
  readonly onSearch: (search: RunsSearch) => void;
  readonly focusSearch: () => void;
  readonly selection: Selection;
}

function Results({ search, onSearch, focusSearch, selection }: ResultsProps) {
  const runs = useQuery(flowRunPageQuery(search));
  const rows = runs.data?.results ?? [];
  const flowNames = useQuery(flowNamesQuery(rows.map((run) => run.flow_id)));
  const cursor = useRowKeys(rows, selection, focusSearch);

  return (
    <section aria-label="Flow runs" className="min-h-0 flex-1 overflow-y-auto border-t border-line bg-surface">
      {runs.isError && <Failure error={runs.error} onRetry={runs.refetch} />}
      {runs.isPending && <SkeletonRows count={SKELETON_ROWS} />}
      {runs.isSuccess && rows.length === 0 && <NoRuns search={search} onSearch={onSearch} />}
      {rows.length > 0 && (
        <RunsTable
          runs={rows}
          flowNames={flowNames.data}
          sort={search.sort}
          onSort={(sort) => onSearch({ ...search, sort, page: 1 })}
          selected={selection.ids}
          onToggle={selection.toggle}
          onToggleAll={() => selection.toggleAll(rows.map((run) => run.id))}
          cursor={cursor}
        />
      )}
    </section>
  );
}

function useRowKeys(rows: readonly FlowRun[], selection: Selection, focusSearch: () => void): number {
  const navigate = useNavigate();
  const [cursor, setCursor] = useState(-1);
  const current = rows[Math.min(cursor, rows.length - 1)];
  const move = (by: number) => setCursor((at) => Math.max(0, Math.min(rows.length - 1, at + by)));
  const next = () => move(1);
  const previous = () => move(-1);
  const select = () => current && selection.toggle(current.id);
  const open = () => current && navigate({ to: "/runs/flow-run/$id", params: { id: current.id } });
  const leave = () => (selection.ids.size > 0 ? selection.clear() : setCursor(-1));
  useHotkeys({
    "/": focusSearch,
    j: next,
    ArrowDown: next,
    k: previous,
    ArrowUp: previous,
    x: select,
    Enter: open,
    Escape: leave,
  });
  return Math.min(cursor, rows.length - 1);
}

function NoRuns({ search, onSearch }: Pick<ResultsProps, "search" | "onSearch">) {
  if (!hasFilters(search)) {
    return (
      <Notice icon={Inbox} title="No runs yet">
        Call a flow and it appears here, while it runs.
      </Notice>
    );
  }
  return (
    <Notice icon={SearchX} title="No run matches these filters">
      <Button onClick={() => onSearch(withoutFilters(search))}>Clear filters</Button>
    </Notice>
  );
}
