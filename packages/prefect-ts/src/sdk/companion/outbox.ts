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
  const waiting: (readonly CompanionItem[])[] = [];
  let running: Promise<void> | undefined;
  let lost: unknown;

  async function deliverAll(): Promise<void> {
    const { deliver } = await connection;
    for (let batch = nextBatch(); batch.length > 0; batch = nextBatch()) {
      try {
        await deliver(expand(batch));
      } catch (error) {
        lost = error;
      }
      onSettled(batch.length);
    }
  }

  /** Messages are joined, never divided: each holds a few hundred items at most. */
  function nextBatch(): readonly CompanionItem[] {
    let count = 0;
    let size = 0;
    for (const items of waiting) {
      if (size > 0 && size + items.length > DELIVERY_SIZE) break;
      size += items.length;
      count += 1;
    }
    const taken = waiting.splice(0, count);
    return taken.length === 1 ? (taken[0] ?? []) : taken.flat();
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
      if (items.length === 0) return;
      waiting.push(items);
      start().catch((error: unknown) => {
        lost = error;
        onSettled(waiting.splice(0).flat().length);
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
