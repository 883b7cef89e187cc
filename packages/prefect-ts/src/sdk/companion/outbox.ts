import type { IncomingEvent } from "../../domain/events.ts";
import type { Connection, OutgoingLog } from "./connection.ts";
import type { CompanionItem, EventItem, LogItem } from "./protocol.ts";
import { createTaskRunEvents } from "./task-run-events.ts";

/** Items of one delivery: enough to share a transaction's cost, few enough to keep the thread answering calls. */
const DELIVERY_SIZE = 1024;

/**
 * Hands items over in order, one delivery at a time: what arrives meanwhile shares the next one.
 * `onSettled` hears how many items are done with, delivered or lost.
 */
export class Outbox {
  readonly #connection: Promise<Connection>;
  readonly #onSettled: (count: number) => void;
  readonly #taskRuns = createTaskRunEvents();
  readonly #waiting: (readonly CompanionItem[])[] = [];
  #running: Promise<void> | undefined;
  #lost: unknown;

  constructor(connection: Promise<Connection>, onSettled: (count: number) => void) {
    this.#connection = connection;
    this.#onSettled = onSettled;
  }

  add(items: readonly CompanionItem[]): void {
    if (items.length === 0) return;
    this.#waiting.push(items);
    this.#start().catch((error: unknown) => {
      this.#lost = error;
      this.#onSettled(this.#waiting.splice(0).flat().length);
    });
  }

  /** Resolves when everything added so far has been delivered, or rejects with what kept it from being so. */
  async flush(): Promise<void> {
    while (this.#running !== undefined || this.#waiting.length > 0) await this.#start();
    if (this.#lost === undefined) return;
    const error = this.#lost;
    this.#lost = undefined;
    throw error;
  }

  #start(): Promise<void> {
    this.#running ??= this.#deliverAll().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #deliverAll(): Promise<void> {
    const connection = await this.#connection;
    for (let batch = this.#nextBatch(); batch.length > 0; batch = this.#nextBatch()) {
      try {
        await connection.deliver(this.#expand(batch));
      } catch (error) {
        this.#lost = error;
      }
      this.#onSettled(batch.length);
    }
  }

  /** Messages are joined, never divided: each holds a few hundred items at most. */
  #nextBatch(): readonly CompanionItem[] {
    let count = 0;
    let size = 0;
    for (const items of this.#waiting) {
      if (size > 0 && size + items.length > DELIVERY_SIZE) break;
      size += items.length;
      count += 1;
    }
    const taken = this.#waiting.splice(0, count);
    return taken.length === 1 ? (taken[0] ?? []) : taken.flat();
  }

  #expand(items: readonly CompanionItem[]): { events: IncomingEvent[]; logs: OutgoingLog[] } {
    const events: IncomingEvent[] = [];
    const logs: OutgoingLog[] = [];
    for (const item of items) {
      if (item.kind === "transition") {
        const event = this.#taskRuns.advance(item);
        if (event !== undefined) events.push(event);
      } else if (item.kind === "task-run") this.#taskRuns.begin(item);
      else if (item.kind === "log") logs.push(outgoingLog(item));
      else events.push(outgoingEvent(item));
    }
    return { events, logs };
  }
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
