/** The companion thread: see `companion.ts` for what it is for, `protocol.ts` for what is said. */
import { parentPort, workerData } from "node:worker_threads";
import { PrefectError } from "../../domain/errors.ts";
import { newId } from "../../domain/ids.ts";
import { systemClock } from "../../platform/clock.ts";
import { loadSettings, type Settings } from "../../platform/settings/settings.ts";
import type { Connection } from "./connection.ts";
import { Outbox } from "./outbox.ts";
import {
  type AbandonedRun,
  type EventItem,
  EXITED,
  type Failure,
  type MessageToMain,
  type MessageToThread,
  SETTLED_ITEMS,
  type ThreadData,
  WANTS_ROOM,
} from "./protocol.ts";

const MS_PER_SECOND = 1000;
const { shared, overrides, env, isDurable } = workerData as ThreadData;
const counters = new Int32Array(shared);
const settings = loadSettings({ env, overrides, validate: false });
const connection = connect(settings);
const outbox = new Outbox(connection, (count) => {
  Atomics.add(counters, SETTLED_ITEMS, count);
  if (Atomics.load(counters, WANTS_ROOM) === 1) tell({ kind: "settled" });
});
const heartbeats = new Map<string, NodeJS.Timeout>();

connection.then(
  ({ info }) => tell({ kind: "ready", info }),
  (error: unknown) => tell({ kind: "unusable", failure: toFailure(error) }),
);

parentPort?.on("message", (message: MessageToThread) => {
  receive(message).catch((error: unknown) => {
    if ("id" in message) tell({ kind: "failed", id: message.id, failure: toFailure(error) });
  });
});

async function connect(from: Settings): Promise<Connection> {
  const apiUrl = from.get("PREFECT_API_URL");
  if (apiUrl === undefined) return (await import("./embedded.ts")).createEmbeddedConnection(from, isDurable);
  return (await import("./remote.ts")).createRemoteConnection(from, apiUrl);
}

async function receive(message: MessageToThread): Promise<void> {
  switch (message.kind) {
    case "items":
      outbox.add(message.items);
      return;
    case "call": {
      const { transport } = await connection;
      tell({ kind: "reply", id: message.id, reply: await transport(message.call) });
      return;
    }
    case "flush":
      outbox.add(message.items);
      await outbox.flush();
      tell({ kind: "done", id: message.id });
      return;
    case "heartbeat":
      setHeartbeat(message.flow_run_id, message.template, outbox);
      return;
    case "exit":
      await end(message.abandoned);
      return;
    case "close":
      await outbox.flush().catch(() => undefined);
      await (await connection).close();
      tell({ kind: "done", id: message.id });
      parentPort?.close();
      return;
  }
}

/** The last words of the process. It waits, so whatever fails here must not keep it waiting. */
async function end(abandoned: readonly AbandonedRun[]): Promise<void> {
  try {
    const { transport, close } = await connection;
    await outbox.flush().catch(() => undefined);
    for (const { flow_run_id: id, message } of abandoned) {
      const body = JSON.stringify({ state: { type: "CRASHED", name: "Crashed", message }, force: true });
      await transport({ group: "flow_runs", name: "set_state", params: { id }, query: {}, body });
    }
    await close();
  } finally {
    Atomics.store(counters, EXITED, 1);
    Atomics.notify(counters, EXITED);
  }
}

/** Repeats an event while its flow run runs: from here, so that busy user code does not starve it. */
function setHeartbeat(flowRunId: string, template: EventItem | undefined, target: Outbox): void {
  clearInterval(heartbeats.get(flowRunId));
  heartbeats.delete(flowRunId);
  if (template === undefined) return;
  const everyMs = settings.get("PREFECT_FLOWS_HEARTBEAT_FREQUENCY") * MS_PER_SECOND;
  const timer = setInterval(() => target.add([{ ...template, id: newId(), at: systemClock.now() }]), everyMs);
  timer.unref();
  heartbeats.set(flowRunId, timer);
}

function tell(message: MessageToMain): void {
  parentPort?.postMessage(message);
}

function toFailure(error: unknown): Failure {
  if (!(error instanceof Error)) return { name: "Error", message: String(error) };
  const { name, message } = error;
  return error instanceof PrefectError ? { name, message, code: error.code } : { name, message };
}
