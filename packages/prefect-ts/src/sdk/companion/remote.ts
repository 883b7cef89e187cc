import { setTimeout as sleep } from "node:timers/promises";
import { WebSocket } from "ws";
import { createHttpTransport } from "../../client/http-transport.ts";
import type { RouteReply, Transport } from "../../client/transport.ts";
import { API_VERSION, PREFECT_VERSION } from "../../domain/emulation.ts";
import { UnavailableError } from "../../domain/errors.ts";
import { formatInstant } from "../../domain/instant.ts";
import type { Settings } from "../../platform/settings/settings.ts";
import type { Connection, OutgoingLog } from "./connection.ts";
import { createEventSocket } from "./event-socket.ts";

/** A batch of logs may have 4,000,000 bytes; counted in characters, this leaves room for long ones. */
const LOG_BATCH_CHARACTERS = 1_000_000;
const LOG_BATCH_LINES = 500;
const RETRIED_STATUSES: ReadonlySet<number> = new Set([408, 429, 502, 503]);

/** A server behind a URL, ours or Prefect's own: calls over HTTP, events over one WebSocket, logs in batches. */
export function createRemoteConnection(settings: Settings, apiUrl: string): Connection {
  const headers = requestHeaders(settings);
  const http = createHttpTransport({
    apiUrl,
    headers: () => headers,
    csrf: settings.get("PREFECT_CLIENT_CSRF_SUPPORT_ENABLED") ? "ask" : "off",
    timeoutMs: settings.get("PREFECT_API_REQUEST_TIMEOUT") * 1000,
  });
  const transport = withRetries(http, settings);
  const socket = createEventSocket({
    url: `${apiUrl.replace(/\/+$/, "").replace(/^http/, "ws")}/events/in`,
    token: settings.get("PREFECT_API_KEY") ?? settings.get("PREFECT_API_AUTH_STRING"),
    createSocket: (url) => new WebSocket(url, ["prefect"], { headers }),
  });
  return {
    info: {
      mode: "remote",
      api_url: apiUrl,
      ui_url: settings.get("PREFECT_UI_URL") ?? apiUrl.replace(/\/api\/?$/, ""),
    },
    transport,
    async deliver({ events, logs }) {
      const frames = events.map((event) => JSON.stringify({ ...event, occurred: formatInstant(event.occurred) }));
      await Promise.all([frames.length === 0 ? undefined : socket.send(frames), sendLogs(transport, logs)]);
    },
    close: () => socket.close(),
  };
}

function requestHeaders(settings: Settings): Record<string, string> {
  const key = settings.get("PREFECT_API_KEY");
  const auth = settings.get("PREFECT_API_AUTH_STRING");
  const headers: Record<string, string> = {
    ...settings.get("PREFECT_CLIENT_CUSTOM_HEADERS"),
    "user-agent": `prefect/${PREFECT_VERSION} (API ${API_VERSION})`,
    "x-prefect-api-version": API_VERSION,
  };
  if (auth !== undefined) headers["authorization"] = `Basic ${Buffer.from(auth).toString("base64")}`;
  else if (key !== undefined) headers["authorization"] = `Bearer ${key}`;
  return headers;
}

/** Repeats a call while the server is out of reach or overloaded; any other answer is the caller's. */
function withRetries(transport: Transport, settings: Settings): Transport {
  const most = settings.get("PREFECT_CLIENT_MAX_RETRIES");
  const jitter = settings.get("PREFECT_CLIENT_RETRY_JITTER_FACTOR");
  const statuses = new Set([...RETRIED_STATUSES, ...settings.get("PREFECT_CLIENT_RETRY_EXTRA_CODES")]);

  return async (call) => {
    for (let attempt = 0; ; attempt += 1) {
      const outcome = await transport(call).catch((error: unknown) => error);
      const reply = isReply(outcome) ? outcome : undefined;
      if (reply !== undefined && !statuses.has(reply.status)) return reply;
      if (attempt >= most) {
        if (reply !== undefined) return reply;
        throw outcome;
      }
      if (reply === undefined && !(outcome instanceof UnavailableError)) throw outcome;
      const seconds = reply?.retryAfterSeconds ?? 2 ** attempt * (1 + jitter * Math.random());
      await sleep(seconds * 1000);
    }
  };
}

function isReply(outcome: unknown): outcome is RouteReply {
  return typeof outcome === "object" && outcome !== null && "status" in outcome && "body" in outcome;
}

async function sendLogs(transport: Transport, logs: readonly OutgoingLog[]): Promise<void> {
  let texts: string[] = [];
  let characters = 0;
  const send = async () => {
    if (texts.length === 0) return;
    const body = `[${texts.join(",")}]`;
    texts = [];
    characters = 0;
    const reply = await transport({ group: "logs", name: "create", params: {}, query: {}, body });
    if (reply.status >= 400) throw new UnavailableError(`The server refused logs (${reply.status}): ${reply.body}`);
  };
  for (const log of logs) {
    const text = JSON.stringify({ ...log, timestamp: formatInstant(log.timestamp) });
    if (characters + text.length > LOG_BATCH_CHARACTERS || texts.length >= LOG_BATCH_LINES) await send();
    texts.push(text);
    characters += text.length;
  }
  await send();
}
