/**
 * `/events/in`: one event per frame, no reply. The client pings now and then, and takes the pong to mean that
 * everything it sent before is safe: so a pong waits until the frames before its ping are committed. What was not
 * confirmed when a connection broke is sent again, so the same event may come twice, and is stored once.
 */
import { eventSchema, type IncomingEvent } from "../../domain/events.ts";
import { parseJson } from "../../domain/json.ts";
import type { ServerApp } from "../app.ts";
import { CLOSE, type Connection } from "./connection.ts";

const LARGEST_BATCH = 512;
/** With more than this waiting for the database, the network holds the rest back. */
const MOST_WAITING = 4096;
const RESUME_BELOW = 1024;

export function receiveEvents(connection: Connection, app: ServerApp): { settled(): Promise<void> } {
  const { settings } = app.context;
  const largestBytes = settings.get("PREFECT_SERVER_EVENTS_MAXIMUM_SIZE_BYTES");
  const logger = app.logger.child("events-in");
  const waiting: IncomingEvent[] = [];
  const pings: { readonly after: number; readonly data: Buffer }[] = [];
  let received = 0;
  let committed = 0;
  let isPaused = false;
  let hasFailed = false;
  let draining: Promise<void> | undefined;

  function fail(code: number, reason: string): void {
    hasFailed = true;
    logger.warn(`A client's stream of events was ended: ${reason}`);
    connection.close(code, reason);
  }

  function answerPings(): void {
    while (pings[0] !== undefined && pings[0].after <= committed)
      connection.pong(pings.shift()?.data ?? Buffer.alloc(0));
  }

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, LARGEST_BATCH);
      try {
        await app.ingest({ events: batch, logs: [] });
      } catch (error) {
        waiting.length = 0;
        logger.error(`${batch.length} events of a client could not be stored`, error);
        return fail(CLOSE.internalError, "The events could not be stored; send them again");
      }
      committed += batch.length;
      answerPings();
      if (isPaused && waiting.length < RESUME_BELOW) {
        isPaused = false;
        connection.resume();
      }
    }
  }

  connection.onPing((data) => {
    pings.push({ after: received, data });
    answerPings();
  });

  connection.receiveAll((frame) => {
    if (hasFailed) return;
    if (Buffer.byteLength(frame) > largestBytes) {
      logger.warn(`An event of more than ${largestBytes} bytes was dropped`);
      return;
    }
    const event = readEvent(frame);
    if (typeof event === "string") {
      fail(CLOSE.policyViolation, `Invalid event: ${event}`);
      return;
    }
    received += 1;
    waiting.push(event);
    draining ??= drain().finally(() => {
      draining = undefined;
    });
    if (waiting.length > MOST_WAITING && !isPaused) {
      isPaused = true;
      connection.pause();
    }
  });

  return { settled: async () => draining };
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
