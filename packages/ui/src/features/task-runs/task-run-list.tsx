import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { ListX } from "lucide-react";
import type { TaskRun } from "prefect-ts/domain";
import { useEffect, useMemo, useRef } from "react";
import { Duration, Moment } from "../../components/moment.tsx";
import { Failure, Notice } from "../../components/notice.tsx";
import { ScrollArea } from "../../components/scroll-area.tsx";
import { SearchInput } from "../../components/search-input.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { StateBadge } from "../../components/state-badge.tsx";
import { Tags } from "../../components/tags.tsx";
import { useHotkeys } from "../../lib/hotkeys.ts";
import { isFinal } from "../../lib/run-states.ts";
import { StateFilter } from "../flow-runs/state-filter.tsx";
import { type TaskRunFilter, taskRunListQuery } from "./queries.ts";

const ROW_HEIGHT = 36;
/** The next page is asked for this many rows before the last one is seen. */
const AHEAD = 30;

interface TaskRunListProps {
  readonly filter: TaskRunFilter;
  readonly onName: (name: string | undefined) => void;
  readonly onStates: (states: string[] | undefined) => void;
}

export function TaskRunList({ filter, onName, onStates }: TaskRunListProps) {
  const input = useRef<HTMLInputElement>(null);
  const pages = useInfiniteQuery(taskRunListQuery(filter));
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages;
  const runs = useMemo(() => pages.data?.pages.flat() ?? [], [pages.data]);
  useHotkeys({ "/": () => input.current?.focus() });
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-11 shrink-0 items-center gap-2 border-b border-line px-5">
        <SearchInput
          label="Search task runs"
          shortcut="/"
          value={filter.name ?? ""}
          onChange={(name) => onName(name === "" ? undefined : name)}
          inputRef={input}
        />
        <StateFilter
          chosen={filter.states ?? []}
          onChange={(states) => onStates(states.length === 0 ? undefined : states)}
        />
      </div>
      {pages.isError && <Failure error={pages.error} onRetry={pages.refetch} />}
      {pages.isPending && <SkeletonRows count={8} />}
      {pages.isSuccess && runs.length === 0 && <Notice icon={ListX} title="No task runs here" />}
      {runs.length > 0 && (
        <Rows runs={runs} onNeedMore={() => hasNextPage && !isFetchingNextPage && void fetchNextPage()} />
      )}
    </div>
  );
}

function Rows({ runs, onNeedMore }: { readonly runs: readonly TaskRun[]; readonly onNeedMore: () => void }) {
  const scroller = useRef<HTMLElement>(null);
  const rows = useVirtualizer({
    count: runs.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });
  const items = rows.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= runs.length - AHEAD) onNeedMore();
  }, [last, runs.length, onNeedMore]);
  return (
    <ScrollArea scrollerRef={scroller} label="Task runs" className="flex-1">
      <ul className="relative" style={{ height: rows.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const run = runs[index];
          return run && <Row key={run.id} run={run} top={start} />;
        })}
      </ul>
    </ScrollArea>
  );
}

function Row({ run, top }: { readonly run: TaskRun; readonly top: number }) {
  return (
    <li
      className="absolute top-0 left-0 flex h-9 w-full items-center gap-3 border-b border-line px-5 hover:bg-hover"
      style={{ transform: `translateY(${top}px)` }}
    >
      <span className="w-36 shrink-0">
        <StateBadge type={run.state_type} name={run.state_name} />
      </span>
      <Link
        to="/runs/task-run/$id"
        params={{ id: run.id }}
        className="min-w-0 flex-1 truncate font-medium hover:underline"
      >
        {run.name}
      </Link>
      <Tags tags={run.tags} />
      <span className="tabular w-24 shrink-0 text-soft">{run.run_count > 1 ? `attempt ${run.run_count}` : ""}</span>
      <span className="w-28 shrink-0 text-soft">
        <Moment at={run.start_time ?? run.expected_start_time} />
      </span>
      <span className="w-24 shrink-0 text-right text-soft">
        <Duration of={run} isOn={!isFinal(run.state_type)} />
      </span>
    </li>
  );
}
