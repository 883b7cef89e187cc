import { ArrowDownToLine, ArrowUpDown, Download, ScrollText } from "lucide-react";
import { useCallback, useRef, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Failure, Notice } from "../../components/notice.tsx";
import { SearchInput } from "../../components/search-input.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { useHotkeys } from "../../lib/hotkeys.ts";
import { downloadLogs } from "./download-logs.ts";
import { levelValue, logLevels } from "./log-levels.ts";
import { LogList } from "./log-list.tsx";
import { useLogs } from "./use-logs.ts";

export interface LogSearch {
  q?: string;
  level?: string;
  order?: "newest";
}

interface LogsPanelProps {
  readonly run: { readonly flowRunId: string } | { readonly taskRunId: string };
  /** Offers the whole log of a flow run as a file with this name. */
  readonly downloadName?: string;
  readonly isRunOn: boolean;
  readonly search: LogSearch;
  readonly onSearch: (change: { [Key in keyof LogSearch]: LogSearch[Key] | undefined }) => void;
  /** By id, to say who wrote a line; absent when all lines are of one task run. */
  readonly taskNames?: ReadonlyMap<string, string>;
}

export function LogsPanel({ run, downloadName, isRunOn, search, onSearch, taskNames }: LogsPanelProps) {
  const input = useRef<HTMLInputElement>(null);
  const order = search.order ?? "oldest";
  const { logs, pages, isOn } = useLogs({ ...run, level: levelValue(search.level), text: search.q, order }, isRunOn);
  const [isFollowing, setFollowing] = useState(isRunOn);
  const canFollow = isOn && order === "oldest";
  useHotkeys({ "/": () => input.current?.focus() });

  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-11 shrink-0 items-center gap-2 border-b border-line px-5">
        <SearchInput
          label="Search in logs"
          shortcut="/"
          value={search.q ?? ""}
          onChange={(q) => onSearch({ q: q === "" ? undefined : q })}
          inputRef={input}
        />
        <LevelChoice level={search.level} onChange={(level) => onSearch({ level })} />
        <OrderButton order={order} onChange={(next) => onSearch({ order: next })} />
        {canFollow && <FollowButton isFollowing={isFollowing} onChange={setFollowing} />}
        <div className="flex-1" />
        {"flowRunId" in run && downloadName !== undefined && (
          <DownloadButton flowRunId={run.flowRunId} name={downloadName} />
        )}
      </div>
      {pages.isError && <Failure error={pages.error} onRetry={pages.refetch} />}
      {pages.isPending && <SkeletonRows count={6} height={22} />}
      {pages.isSuccess && logs.length === 0 && <NoLogs search={search} isRunOn={isRunOn} />}
      {logs.length > 0 && (
        <LogList
          logs={logs}
          search={search.q}
          taskNames={taskNames}
          isFollowing={canFollow && isFollowing}
          onFollow={setFollowing}
          onNeedMore={more}
        />
      )}
    </div>
  );
}

interface OrderButtonProps {
  readonly order: "oldest" | "newest";
  readonly onChange: (order: "newest" | undefined) => void;
}

function OrderButton({ order, onChange }: OrderButtonProps) {
  return (
    <Button onClick={() => onChange(order === "oldest" ? "newest" : undefined)}>
      <ArrowUpDown aria-hidden className="size-3.5" />
      {order === "oldest" ? "Oldest first" : "Newest first"}
    </Button>
  );
}

interface FollowButtonProps {
  readonly isFollowing: boolean;
  readonly onChange: (isFollowing: boolean) => void;
}

function FollowButton({ isFollowing, onChange }: FollowButtonProps) {
  return (
    <Button aria-pressed={isFollowing} isActive={isFollowing} onClick={() => onChange(!isFollowing)}>
      <ArrowDownToLine aria-hidden className="size-3.5" />
      Follow
    </Button>
  );
}

function DownloadButton({ flowRunId, name }: { readonly flowRunId: string; readonly name: string }) {
  return (
    <Button look="quiet" onClick={() => downloadLogs(flowRunId, name)}>
      <Download aria-hidden className="size-3.5" />
      Download
    </Button>
  );
}

interface LevelChoiceProps {
  readonly level: string | undefined;
  readonly onChange: (level: string | undefined) => void;
}

function LevelChoice({ level, onChange }: LevelChoiceProps) {
  return (
    <select
      aria-label="Lowest level"
      value={level ?? ""}
      onChange={({ target }) => onChange(target.value === "" ? undefined : target.value)}
      className="h-[30px] rounded-md border border-line-strong bg-surface px-2 font-medium"
    >
      <option value="">All levels</option>
      {logLevels.slice(1).map(({ name, label }) => (
        <option key={name} value={name}>
          {label} and above
        </option>
      ))}
    </select>
  );
}

function NoLogs({ search, isRunOn }: Pick<LogsPanelProps, "search" | "isRunOn">) {
  const isFiltered = search.q !== undefined || search.level !== undefined;
  if (isFiltered) return <Notice icon={ScrollText} title="No line matches these filters" />;
  return <Notice icon={ScrollText} title={isRunOn ? "No log lines yet" : "This run wrote no logs"} />;
}
