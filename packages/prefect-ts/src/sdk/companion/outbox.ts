import type { IncomingEvent } from "../../domain/events.ts";
import type { Connection, OutgoingLog } from "./connection.ts";
import type { CompanionItem, EventItem, LogItem } from "./protocol.ts";
import { createTaskRunEvents } from "./task-run-events.ts";

/** Items of one delivery: enough to share a transaction's cost, few enough to keep the thread answering calls. */
const DELIVERY_SIZE = 1024;

export interface Outbox {
  add(items: readonly CompanionItem[]): void;
  /** Resolves when everything added so far has been delivered, or rejects with what kept it from being so. */
  flush(): Promise<void>;
}

/**
 * Hands items over in order, one delivery at a time: what arrives meanwhile shares the next one.
 * `onSettled` hears how many items are done with, delivered or lost.
 */
export function createOutbox(connection: Promise<Connection>, onSettled: (count: number) => void): Outbox {
  const taskRuns = createTaskRunEvents();
  let waiting: CompanionItem[] = [];
  let running: Promise<void> | undefined;
  let lost: unknown;

  async function deliverAll(): Promise<void> {
    const { deliver } = await connection;
    while (waiting.length > 0) {
      const batch = waiting.length <= DELIVERY_SIZE ? waiting : waiting.slice(0, DELIVERY_SIZE);
      waiting = waiting.length <= DELIVERY_SIZE ? [] : waiting.slice(DELIVERY_SIZE);
      try {
        await deliver(expand(batch));
      } catch (error) {
        lost = error;
      }
      onSettled(batch.length);
    }
  }

  function expand(items: readonly CompanionItem[]): { events: IncomingEvent[]; logs: OutgoingLog[] } {
    const events: IncomingEvent[] = [];
    const logs: OutgoingLog[] = [];
    for (const item of items) {
      if (item.kind === "transition") {
        const event = taskRuns.advance(item);
        if (event !== undefined) events.push(event);
      } else if (item.kind === "task-run") taskRuns.begin(item);
      else if (item.kind === "log") logs.push(outgoingLog(item));
      else events.push(outgoingEvent(item));
    }
    return { events, logs };
  }

  function start(): Promise<void> {
    running ??= deliverAll().finally(() => {
      running = undefined;
    });
    return running;
  }

  return {
    add(items) {
      waiting = waiting.length === 0 ? [...items] : waiting.concat(items);
      start().catch((error: unknown) => {
        lost = error;
        onSettled(waiting.length);
        waiting = [];
      });
    },
    async flush() {
      while (running !== undefined || waiting.length > 0) await start();
      if (lost === undefined) return;
      const error = lost;
      lost = undefined;
      throw error;
    },
  };
}

function outgoingLog({ name, level, message, at, flow_run_id, task_run_id }: LogItem): OutgoingLog {
  return {
    name,
    level,
    message,
    timestamp: at,
    flow_run_id: flow_run_id ?? null,
    task_run_id: task_run_id ?? null,
  };
}

function outgoingEvent({ id, at, event, resource, related, payload, follows }: EventItem): IncomingEvent {
  return { id, occurred: at, event, resource, related: [...related], payload, follows: follows ?? null };
}
