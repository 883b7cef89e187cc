/**
 * The main thread's side of the companion thread, one per process. The thread holds the embedded server or the
 * connection to a remote one, so that recording costs the users' thread little and a busy user thread starves neither
 * heartbeats nor delivery. This side collects what happened and hands it over in batches.
 *
 * The thread never keeps a finished program alive: it is referenced only while an answer is awaited. When the process
 * ends, by itself, by `process.exit` or by an error, this side hands over the rest and waits for the thread, bounded.
 */
import { setTimeout } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { type Client, createClient } from "../../client/client.ts";
import type { RouteReply, Transport } from "../../client/transport.ts";
import { CompanionError, companionFailure } from "./companion-error.ts";
import {
  type AbandonedRun,
  COUNTERS,
  type CompanionItem,
  type EventItem,
  EXITED,
  type MessageToMain,
  type MessageToThread,
  SETTLED_ITEMS,
  type ServerInfo,
  type ThreadData,
  WANTS_ROOM,
} from "./protocol.ts";

const BATCH_SIZE = 256;
/** Items handed over and not yet delivered; beyond it, whoever records waits, so that memory stays flat. */
const MOST_IN_FLIGHT = 8192;
const EXIT_WAIT_MS = 10_000;
const LONGEST_END_MS = 1000;
/** User code that never waits for anything real still lets timers and signals in this often. */
const LONGEST_TURN_MS = 25;

interface Pending {
  readonly resolve: (value: RouteReply | undefined) => void;
  readonly reject: (error: unknown) => void;
}

export interface CompanionOptions {
  /** Each commit of the embedded server waits for the disk: for flows whose finished tasks must survive a power cut. */
  readonly isDurable?: boolean;
  readonly overrides?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export class Companion {
  /** The contract as methods, answered by whichever server the thread has. */
  readonly client: Client;
  readonly isDurable: boolean;
  readonly #worker: Worker;
  readonly #counters = new Int32Array(new SharedArrayBuffer(COUNTERS * Int32Array.BYTES_PER_ELEMENT));
  readonly #pending = new Map<number, Pending>();
  readonly #ready: Promise<ServerInfo>;
  #settleReady: { resolve: (info: ServerInfo) => void; reject: (error: unknown) => void } | undefined;
  #items: CompanionItem[] = [];
  #handedOver = 0;
  #isHandOverPlanned = false;
  #lastTurnAt = performance.now();
  /** Pending while the thread is behind; one promise for all who wait. */
  #room: { readonly promise: Promise<void>; readonly open: () => void } | undefined;
  #nextId = 1;
  #references = 0;
  #isClosed = false;

  constructor({ overrides = {}, env = process.env, isDurable = false }: CompanionOptions = {}) {
    this.isDurable = isDurable;
    this.#worker = startThread({
      shared: this.#counters.buffer as SharedArrayBuffer,
      overrides,
      env: { ...env },
      isDurable,
    });
    this.#worker.unref();
    this.#worker.on("message", (message: MessageToMain) => this.#receive(message));
    this.#worker.on("error", (error) => this.#fail(error));
    this.#worker.on("exit", (code) => this.#fail(new CompanionError(`The companion thread ended with ${code}.`)));
    this.#ready = new Promise((resolve, reject) => {
      this.#settleReady = { resolve, reject };
    });
    this.#ready.catch(() => undefined);
    const transport: Transport = async (call) => {
      this.#handOver();
      const reply = await this.#ask((id) => ({ kind: "call", id, call }));
      if (reply === undefined) throw new CompanionError(`No answer to ${call.group}.${call.name}.`);
      return reply;
    };
    this.client = createClient(transport);
  }

  /** Which server this is. Rejects when there is none: it cannot be reached, or its database cannot be used. */
  server(): Promise<ServerInfo> {
    return this.#whileReferenced(this.#ready);
  }

  /**
   * Takes an item. Gives a promise when the caller should wait before it makes more: the thread is behind, or this
   * turn of the event loop has lasted long.
   */
  record(item: CompanionItem): Promise<void> | undefined {
    this.#items.push(item);
    if (this.#items.length < BATCH_SIZE) {
      this.#planHandOver();
      return this.#room?.promise;
    }
    this.#handOver();
    const room = this.whenRoom();
    if (room !== undefined) return room;
    return performance.now() - this.#lastTurnAt > LONGEST_TURN_MS ? this.#turn() : undefined;
  }

  /** A promise when the thread is behind: who could start more work starts it then. */
  whenRoom(): Promise<void> | undefined {
    if (this.#room === undefined && this.#inFlight() > MOST_IN_FLIGHT && !this.#isClosed) {
      let open: () => void = () => undefined;
      const opened = new Promise<void>((resolve) => {
        open = resolve;
      });
      this.#room = { promise: this.#whileReferenced(opened), open };
      Atomics.store(this.#counters, WANTS_ROOM, 1);
      // The thread may have caught up before it could see the wish.
      this.#makeRoom();
    }
    return this.#room?.promise;
  }

  /** Resolves when everything recorded so far is committed (embedded) or confirmed (remote). */
  async flush(): Promise<void> {
    const items = this.#take();
    await this.#ask((id) => ({ kind: "flush", id, items }));
  }

  /** Repeats an event from the thread until the run's heartbeat is stopped. */
  startHeartbeat(flowRunId: string, template: EventItem): void {
    this.#post({ kind: "heartbeat", flow_run_id: flowRunId, template });
  }

  stopHeartbeat(flowRunId: string): void {
    this.#post({ kind: "heartbeat", flow_run_id: flowRunId, template: undefined });
  }

  /** Delivers what is left and ends the thread. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#handOver();
    await this.#ask((id) => ({ kind: "close", id })).catch(() => undefined);
    this.#isClosed = true;
    await this.#ended();
  }

  /** The process is ending and nothing asynchronous runs any more: blocks until the thread is done, at most 10 s. */
  closeNow(abandoned: readonly AbandonedRun[]): void {
    if (this.#isClosed) return;
    this.#handOver();
    this.#post({ kind: "exit", abandoned });
    this.#isClosed = true;
    Atomics.wait(this.#counters, EXITED, 0, EXIT_WAIT_MS);
  }

  /** The thread ends by itself once its port is closed; something that keeps it alive is not waited for. */
  async #ended(): Promise<void> {
    const exit = new Promise((resolve) => this.#worker.once("exit", resolve));
    await Promise.race([exit, setTimeout(LONGEST_END_MS, undefined, { ref: false })]);
    await this.#worker.terminate();
  }

  #planHandOver(): void {
    if (this.#isHandOverPlanned) return;
    this.#isHandOverPlanned = true;
    setImmediate(() => {
      this.#isHandOverPlanned = false;
      this.#handOver();
    });
  }

  #handOver(): void {
    if (this.#items.length === 0) return;
    this.#post({ kind: "items", items: this.#take() });
  }

  #take(): CompanionItem[] {
    const items = this.#items;
    this.#items = [];
    this.#handedOver += items.length;
    return items;
  }

  #post(message: MessageToThread): void {
    if (!this.#isClosed) this.#worker.postMessage(message);
  }

  /** The counters are 32 bits wide and wrap; the difference is right all the same. */
  #inFlight(): number {
    return (this.#handedOver - Atomics.load(this.#counters, SETTLED_ITEMS)) | 0;
  }

  #turn(): Promise<void> {
    return new Promise((resolve) => {
      setImmediate(() => {
        this.#lastTurnAt = performance.now();
        resolve();
      });
    });
  }

  #ask(message: (id: number) => MessageToThread): Promise<RouteReply | undefined> {
    if (this.#isClosed) return Promise.reject(new CompanionError("The companion thread has been closed."));
    const id = this.#nextId++;
    const answer = new Promise<RouteReply | undefined>((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
    });
    this.#post(message(id));
    return this.#whileReferenced(answer);
  }

  async #whileReferenced<Value>(promise: Promise<Value>): Promise<Value> {
    this.#references += 1;
    if (this.#references === 1) this.#worker.ref();
    try {
      return await promise;
    } finally {
      this.#references -= 1;
      if (this.#references === 0) this.#worker.unref();
    }
  }

  #receive(message: MessageToMain): void {
    this.#lastTurnAt = performance.now();
    if (message.kind === "ready") this.#settleReady?.resolve(message.info);
    else if (message.kind === "unusable") this.#settleReady?.reject(companionFailure(message.failure));
    else if (message.kind === "settled") this.#makeRoom();
    else this.#answer(message);
  }

  #answer(message: Extract<MessageToMain, { readonly id: number }>): void {
    const pending = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if (message.kind === "failed") pending?.reject(companionFailure(message.failure));
    else pending?.resolve(message.kind === "reply" ? message.reply : undefined);
  }

  #makeRoom(): void {
    if (this.#room === undefined || this.#inFlight() > MOST_IN_FLIGHT / 2) return;
    Atomics.store(this.#counters, WANTS_ROOM, 0);
    this.#room.open();
    this.#room = undefined;
  }

  #fail(error: unknown): void {
    this.#isClosed = true;
    this.#settleReady?.reject(error);
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
    this.#room?.open();
    this.#room = undefined;
  }
}

/** From the sources the thread needs a loader for TypeScript; in a build it is a file beside this one. */
function startThread(data: ThreadData): Worker {
  if (!import.meta.url.endsWith(".ts")) {
    return new Worker(new URL("./companion-thread.js", import.meta.url), { workerData: data });
  }
  return new Worker(new URL("./thread.ts", import.meta.url), {
    workerData: data,
    execArgv: ["--import", "jiti/register"],
  });
}
