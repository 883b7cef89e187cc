import { infiniteQueryOptions } from "@tanstack/react-query";
import { api } from "../../lib/connection.ts";

const LOG_PAGE_SIZE = 200;

export interface LogQuery {
  readonly flowRunId?: string;
  readonly taskRunId?: string;
  /** The lowest level to show. */
  readonly level?: number | undefined;
  readonly text?: string | undefined;
  readonly order: "oldest" | "newest";
}

const logKeys = {
  all: ["logs"] as const,
  list: (query: LogQuery) => [...logKeys.all, query] as const,
};

/** The wire's filter, for the list and, without the text, for the stream. */
export function toLogFilter({ flowRunId, taskRunId, level }: LogQuery) {
  return {
    ...(flowRunId === undefined ? {} : { flow_run_id: { any_: [flowRunId] } }),
    ...(taskRunId === undefined ? {} : { task_run_id: { any_: [taskRunId] } }),
    ...(level === undefined ? {} : { level: { ge_: level } }),
  };
}

/** Pages by offset. A short page is the end so far: while a run is on, asking again from there brings what is new. */
export const logListQuery = (query: LogQuery) =>
  infiniteQueryOptions({
    queryKey: logKeys.list(query),
    initialPageParam: 0,
    queryFn: ({ pageParam }) =>
      api.logs.filter({
        logs: { ...toLogFilter(query), ...(query.text === undefined ? {} : { text: { query: phrase(query.text) } }) },
        sort: query.order === "newest" ? "TIMESTAMP_DESC" : "TIMESTAMP_ASC",
        limit: LOG_PAGE_SIZE,
        offset: pageParam,
      }),
    getNextPageParam: (last, all) => (last.length < LOG_PAGE_SIZE ? undefined : all.length * LOG_PAGE_SIZE),
  });

const LONGEST_PHRASE = 190;

/** The server splits a query at its spaces and takes any of the words; a reader means the words as they stand. */
export function phrase(text: string): string {
  return `"${text.slice(0, LONGEST_PHRASE).replace(/["\\]/g, "\\$&")}"`;
}
