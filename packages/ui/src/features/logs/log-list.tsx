import { Link } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import type { Log } from "prefect-ts/domain";
import { useEffect, useRef, type WheelEvent } from "react";
import { ScrollArea } from "../../components/scroll-area.tsx";
import { formatClock, formatDay, formatMomentFully, instantOf } from "../../lib/time.ts";
import { levelColor, levelLabel } from "./log-levels.ts";

const LINE_HEIGHT = 22;
/** The next page is asked for this many lines before the last one is seen. */
const AHEAD = 40;
/** Within this distance of the end the reader counts as being there. */
const END_PIXELS = 40;

export interface LogListProps {
  readonly logs: readonly Log[];
  readonly search: string | undefined;
  readonly taskNames: ReadonlyMap<string, string> | undefined;
  /** Keeps the last line in sight while lines come in. */
  readonly isFollowing: boolean;
  readonly onFollow: (isFollowing: boolean) => void;
  readonly onNeedMore: () => void;
}

export function LogList(props: LogListProps) {
  const { logs, isFollowing, onFollow, onNeedMore } = props;
  const scroller = useRef<HTMLElement>(null);
  const rows = useVirtualizer({
    count: logs.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: 20,
    getItemKey: (index) => logs[index]?.id ?? index,
  });
  const items = rows.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const height = rows.scrollRect?.height ?? 0;

  useEffect(() => {
    if (last >= logs.length - AHEAD) onNeedMore();
  }, [last, logs.length, onNeedMore]);
  useEffect(() => {
    // The area's height changes too, when the page says why the run has failed.
    if (isFollowing && logs.length > 0 && height > 0) rows.scrollToIndex(logs.length - 1, { align: "end" });
  }, [isFollowing, logs.length, height, rows]);

  return (
    <ScrollArea
      scrollerRef={scroller}
      label="Log lines"
      onWheel={(event) => onWheel(event, onFollow)}
      className="flex-1 py-1 font-mono text-xs"
    >
      <div className="relative" style={{ height: rows.getTotalSize() }}>
        {items.map(({ index, key, start }) => {
          const log = logs[index];
          if (log === undefined) return null;
          return (
            <div
              key={key}
              data-index={index}
              ref={rows.measureElement}
              className="absolute top-0 left-0 w-full"
              style={{ transform: `translateY(${start}px)` }}
            >
              <LogLine {...props} log={log} before={logs[index - 1]} />
            </div>
          );
        })}
      </div>
    </ScrollArea>
  );
}

/** Scrolling up stops following; scrolling to the end takes it up again. */
function onWheel({ deltaY, currentTarget }: WheelEvent<HTMLElement>, onFollow: LogListProps["onFollow"]): void {
  const { scrollHeight, scrollTop, clientHeight } = currentTarget;
  if (deltaY < 0) onFollow(false);
  else if (scrollHeight - scrollTop - clientHeight < END_PIXELS) onFollow(true);
}

interface LogLineProps extends Pick<LogListProps, "search" | "taskNames"> {
  readonly log: Log;
  readonly before: Log | undefined;
}

function LogLine({ log, before, search, taskNames }: LogLineProps) {
  const at = instantOf(log.timestamp);
  const isNewDay = before === undefined || formatDay(instantOf(before.timestamp)) !== formatDay(at);
  const ground = log.level >= 40 ? "bg-failed-soft/50" : "";
  return (
    <>
      {isNewDay && <p className="px-5 pt-2 pb-1 font-sans font-medium text-muted">{formatDay(at)}</p>}
      <div className={`flex min-h-[22px] items-start gap-3 px-5 leading-[22px] hover:bg-hover ${ground}`}>
        <time dateTime={log.timestamp} title={formatMomentFully(at)} className="tabular shrink-0 text-muted">
          {formatClock(at)}
        </time>
        <span className={`w-16 shrink-0 font-medium ${levelColor(log.level)}`}>{levelLabel(log.level)}</span>
        <span className="min-w-0 flex-1 break-words whitespace-pre-wrap">
          <Marked text={log.message} search={search} />
        </span>
        <Source log={log} taskNames={taskNames} />
      </div>
    </>
  );
}

/** Who wrote the line, when it was not the flow itself. */
function Source({ log, taskNames }: Pick<LogLineProps, "log" | "taskNames">) {
  if (log.task_run_id === null || taskNames === undefined) return null;
  return (
    <Link
      to="/runs/task-run/$id"
      params={{ id: log.task_run_id }}
      className="max-w-48 shrink-0 truncate text-muted hover:text-ink hover:underline"
    >
      {taskNames.get(log.task_run_id) ?? "task run"}
    </Link>
  );
}

function Marked({ text, search }: { readonly text: string; readonly search: string | undefined }) {
  const parts = search === undefined ? [text] : splitAround(text, search);
  return parts.map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      <mark key={String(index)} className="rounded-sm bg-[var(--scheduled-soft)] text-[var(--scheduled)]">
        {part}
      </mark>
    ),
  );
}

/** Every second part is what was searched, in the spelling of the text. */
function splitAround(text: string, search: string): string[] {
  const parts: string[] = [];
  const lower = text.toLowerCase();
  const wanted = search.toLowerCase();
  let from = 0;
  for (let at = lower.indexOf(wanted); at !== -1; at = lower.indexOf(wanted, from)) {
    parts.push(text.slice(from, at), text.slice(at, at + wanted.length));
    from = at + wanted.length;
  }
  return [...parts, text.slice(from)];
}
