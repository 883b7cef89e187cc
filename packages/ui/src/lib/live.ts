import { type SubscriptionStatus, subscribe } from "prefect-ts/client";
import { addSeconds, formatInstant, type Log } from "prefect-ts/domain";
import { useEffect, useRef, useState } from "react";
import { apiUrl, createBrowserSocket } from "./connection.ts";
import { storedAuth } from "./stored-auth.ts";
import { currentInstant } from "./time.ts";

/** What the server streams; the fields that the pages read. */
export interface LiveEvent {
  readonly id: string;
  readonly event: string;
  readonly occurred: string;
  readonly resource: Readonly<Record<string, string>>;
  readonly related: readonly Readonly<Record<string, string>>[];
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Covers what happened while the page was loading. */
const OVERLAP_SECONDS = 3;
/** After a loss of the socket; the waits between attempts are shorter. */
const OVERLAP_AFTER_LOSS_SECONDS = 60;
/** Without an end the server takes "now", and nothing live would match. */
const FOREVER_SECONDS = 365 * 24 * 3600;

function range(connection: number): { since: string; until: string } {
  const now = currentInstant();
  const overlapSeconds = connection === 1 ? OVERLAP_SECONDS : OVERLAP_AFTER_LOSS_SECONDS;
  return {
    since: formatInstant(addSeconds(now, -overlapSeconds)),
    until: formatInstant(addSeconds(now, FOREVER_SECONDS)),
  };
}

export interface EventQuery {
  readonly prefixes: readonly string[];
  /** Only events in which this resource takes part, e.g. `prefect.flow-run.<id>`. */
  readonly resourceId?: string;
}

/** Hands over each event as it happens; says whether the socket is up, so that the page can poll when it is not. */
export function useLiveEvents(query: EventQuery, onEvent: (event: LiveEvent) => void): SubscriptionStatus {
  const handler = useLatest(onEvent);
  const [status, setStatus] = useState<SubscriptionStatus>("connecting");
  const prefixes = query.prefixes.join();
  const { resourceId } = query;

  useEffect(() => {
    let connections = 0;
    return subscribe<LiveEvent>({
      apiUrl: apiUrl(),
      path: "/events/out",
      authString: storedAuth.plain(),
      filter: () => ({
        occurred: range(++connections),
        event: { prefix: prefixes.split(",") },
        ...(resourceId === undefined ? {} : { any_resource: { id: [resourceId] } }),
      }),
      onItem: (event) => handler.current(event),
      onStatus: setStatus,
      createSocket: createBrowserSocket,
    });
  }, [prefixes, resourceId, handler]);

  return status;
}

/** Log lines of one run as they are written. Not every server streams them, so the caller goes on polling, slowly. */
export function useLiveLogs(filter: Readonly<Record<string, unknown>>, isOn: boolean, onLog: (log: Log) => void): void {
  const handler = useLatest(onLog);
  const filterText = JSON.stringify(filter);

  useEffect(() => {
    if (!isOn) return;
    let connections = 0;
    return subscribe<Log>({
      apiUrl: apiUrl(),
      path: "/logs/out",
      authString: storedAuth.plain(),
      filter: () => {
        const { since, until } = range(++connections);
        return { ...JSON.parse(filterText), timestamp: { after_: since, before_: until } };
      },
      onItem: (log) => handler.current(log),
      createSocket: createBrowserSocket,
    });
  }, [filterText, isOn, handler]);
}

function useLatest<Value>(value: Value): { readonly current: Value } {
  const latest = useRef(value);
  latest.current = value;
  return latest;
}
