import { useInfiniteQuery } from "@tanstack/react-query";
import type { Log } from "prefect-ts/domain";
import { useEffect, useMemo, useRef, useState } from "react";
import { useLiveLogs } from "../../lib/live.ts";
import { mergeLogs } from "./merge-logs.ts";
import { type LogQuery, logListQuery, toLogFilter } from "./queries.ts";

/** Not every server streams log lines; then this is how late they are. */
const POLL_MS = 2000;
/** Lines that come in one burst are drawn together. */
const BURST_MS = 100;
/** A run's last lines are written in batches, some after its end. */
const AFTERMATH_MS = 6000;

/** The lines of a run: pages as the reader scrolls, and while the run is on (`isOn`, a little longer), what it writes now. */
export function useLogs(query: LogQuery, isRunOn: boolean) {
  const isOn = useLinger(isRunOn, AFTERMATH_MS);
  const pages = useInfiniteQuery({ ...logListQuery(query), refetchInterval: isOn ? POLL_MS : false });
  const streamed = useStreamedLogs(query, isOn);
  const { data } = pages;
  const hasEnd = query.order === "newest" || !pages.hasNextPage;
  const logs = useMemo(
    () => mergeLogs(data?.pages ?? [], hasEnd ? streamed : [], query.order),
    [data, streamed, hasEnd, query.order],
  );
  return { logs, pages, isOn };
}

interface Streamed {
  readonly lines: readonly Log[];
  /** The question that they answer. */
  readonly of: string;
}

const NO_LINES: readonly Log[] = [];

function useStreamedLogs(query: LogQuery, isOn: boolean): readonly Log[] {
  const key = JSON.stringify(query);
  // Lines of another question are not lines of this one.
  const [{ lines, of }, setStreamed] = useState<Streamed>({ lines: [], of: key });
  const waiting = useRef<Log[]>([]);

  useLiveLogs(toLogFilter(query), isOn && query.text === undefined, (log) => {
    waiting.current.push(log);
    if (waiting.current.length > 1) return;
    setTimeout(() => {
      const burst = waiting.current;
      waiting.current = [];
      setStreamed((before) => ({ lines: before.of === key ? [...before.lines, ...burst] : burst, of: key }));
    }, BURST_MS);
  });
  return of === key ? lines : NO_LINES;
}

/** Stays true a while after it has turned false. */
function useLinger(isOn: boolean, ms: number): boolean {
  const [lingers, setLingers] = useState(isOn);
  useEffect(() => {
    if (isOn) {
      setLingers(true);
      return;
    }
    const timer = setTimeout(() => setLingers(false), ms);
    return () => clearTimeout(timer);
  }, [isOn, ms]);
  return isOn || lingers;
}
