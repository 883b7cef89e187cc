/**
 * `/events/in`: one event per frame, no reply. The client pings now and then, and takes the pong to mean that
 * everything it sent before is safe: so a pong waits until the frames before its ping are committed. What was not
 * confirmed when a connection broke is sent again, so the same event may come twice, and is stored once.
 */
import { eventSchema, type IncomingEvent } from "../../domain/events.ts";
import { parseJson } from "../../domain/json.ts";
import type { Logger } from "../../platform/logger.ts";
import type { ServerApp } from "../app.ts";
import { CLOSE, type Connection } from "./connection.ts";

const LARGEST_BATCH = 512;
/** With more than this waiting for the database, the network holds the rest back. */
const MOST_WAITING = 4096;
const RESUME_BELOW = 1024;

export class EventReceiver {
  readonly #connection: Connection;
  readonly #app: ServerApp;
  readonly #logger: Logger;
  readonly #largestBytes: number;
  #waiting: IncomingEvent[] = [];
  /** Unanswered pings, each with the number of events that came before it. */
  readonly #pings: { readonly after: number; readonly data: Buffer }[] = [];
  #received = 0;
  #committed = 0;
  #isPaused = false;
  #hasFailed = false;
  #draining: Promise<void> | undefined;

  constructor(connection: Connection, app: ServerApp) {
    this.#connection = connection;
    this.#app = app;
    this.#logger = app.logger.child("events-in");
    this.#largestBytes = app.context.settings.get("PREFECT_SERVER_EVENTS_MAXIMUM_SIZE_BYTES");
  }

  start(): void {
    this.#connection.onPing((data) => {
      this.#pings.push({ after: this.#received, data });
      this.#answerPings();
    });
    this.#connection.receiveAll((frame) => this.#receive(frame));
  }

  /** Resolves when nothing waits for the database any more. */
  async settled(): Promise<void> {
    await this.#draining;
  }

  #receive(frame: string): void {
    if (this.#hasFailed) return;
    if (Buffer.byteLength(frame) > this.#largestBytes) {
      this.#logger.warn(`An event of more than ${this.#largestBytes} bytes was dropped`);
      return;
    }
    const event = readEvent(frame);
    if (typeof event === "string") {
      this.#fail(CLOSE.policyViolation, `Invalid event: ${event}`);
      return;
    }
    this.#received += 1;
    this.#waiting.push(event);
    this.#draining ??= this.#drain();
    if (this.#waiting.length > MOST_WAITING && !this.#isPaused) {
      this.#isPaused = true;
      this.#connection.pause();
    }
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, LARGEST_BATCH);
      try {
        await this.#app.ingest({ events: batch, logs: [] });
      } catch (error) {
        this.#waiting = [];
        this.#logger.error(`${batch.length} events of a client could not be stored`, error);
        this.#fail(CLOSE.internalError, "The events could not be stored; send them again");
        break;
      }
      this.#committed += batch.length;
      this.#answerPings();
      this.#resume();
    }
    this.#draining = undefined;
  }

  #answerPings(): void {
    for (let ping = this.#pings[0]; ping !== undefined && ping.after <= this.#committed; ping = this.#pings[0]) {
      this.#connection.pong(ping.data);
      this.#pings.shift();
    }
  }

  #resume(): void {
    if (!this.#isPaused || this.#waiting.length >= RESUME_BELOW) return;
    this.#isPaused = false;
    this.#connection.resume();
  }

  #fail(code: number, reason: string): void {
    this.#hasFailed = true;
    this.#logger.warn(`A client's stream of events was ended: ${reason}`);
    this.#connection.close(code, reason);
  }
}

/** The event, or why there is none. */
function readEvent(frame: string): IncomingEvent | string {
  let value: unknown;
  try {
    value = parseJson(frame);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const parsed = eventSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return issue === undefined ? "it has no form we know" : `${issue.path.join(".")}: ${issue.message}`;
}
