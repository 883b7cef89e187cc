/** The WebSocket door: takes upgrades of the paths it knows, keeps connections alive by pings, closes them in the end. */
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { HttpDoor } from "../http.ts";
import { CLOSE, Connection } from "./connection.ts";
import { EventReceiver } from "./event-receiver.ts";
import { streamEventsOut } from "./events-out.ts";
import { authenticate, SUBPROTOCOL } from "./handshake.ts";
import { keepAlive } from "./keep-alive.ts";
import { streamLogsOut } from "./logs-out.ts";

/** How long clients may take to answer a close. */
const CLOSE_TIMEOUT_MS = 1000;

const PATHS = new Set(["/events/in", "/events/out", "/logs/out"]);

export interface SocketServer {
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  close(): Promise<void>;
}

export function createSocketServer(door: HttpDoor): SocketServer {
  const { settings } = door.app.context;
  const authString = settings.get("PREFECT_SERVER_API_AUTH_STRING");
  const logger = door.app.logger.child("sockets");
  const receivers = new Set<EventReceiver>();
  const server = new WebSocketServer({
    noServer: true,
    autoPong: false,
    maxPayload: settings.get("PREFECT_SERVER_API_MAX_REQUEST_SIZE"),
    handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
  });

  async function serve(socket: WebSocket, path: string): Promise<void> {
    const connection = new Connection(socket);
    // Old clients offer no protocol and begin at once; with a password they are refused before they come here.
    if (socket.protocol === SUBPROTOCOL && !(await authenticate(connection, authString, logger))) return;
    if (path === "/events/out") return streamEventsOut(connection, door.app);
    if (path === "/logs/out") return streamLogsOut(connection, door.app);
    const receiver = new EventReceiver(connection, door.app);
    receivers.add(receiver);
    connection.onClose(() => void receiver.settled().then(() => receivers.delete(receiver)));
    receiver.start();
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on("error", () => socket.destroy());
    const refusal = refuse(request, door, authString);
    if (refusal !== undefined) {
      refuseUpgrade(socket, refusal);
      return;
    }
    server.handleUpgrade(request, socket, head, (webSocket) => {
      keepAlive(webSocket, settings);
      serve(webSocket, pathOf(request, door)).catch((error: unknown) => {
        logger.error(`A WebSocket of ${request.url} failed`, error);
        webSocket.close(CLOSE.internalError, "Internal server error");
      });
    });
  }

  return {
    upgrade,
    async close() {
      const closed = [...server.clients].map(closeSocket);
      await Promise.all([...closed, ...[...receivers].map((receiver) => receiver.settled())]);
      server.close();
    },
  };
}

function pathOf(request: IncomingMessage, { basePath }: HttpDoor): string {
  const [path = ""] = (request.url ?? "").split("?");
  return path.startsWith(basePath) ? path.slice(basePath.length) : "";
}

type Refusal = { readonly status: string; readonly detail: string };

function refuse(request: IncomingMessage, door: HttpDoor, authString: string | undefined): Refusal | undefined {
  const { host, origin } = request.headers;
  const detail = door.hostCheck.refuseHost(host) ?? door.hostCheck.refuseOrigin(origin, host);
  if (detail !== undefined) return { status: "403 Forbidden", detail };
  // Prefect's workers take a 404 to mean that there is no worker channel, and poll instead.
  if (!PATHS.has(pathOf(request, door))) return { status: "404 Not Found", detail: "Not Found" };
  const offered = (request.headers["sec-websocket-protocol"] ?? "").split(",").map((protocol) => protocol.trim());
  if (authString === undefined || offered.includes(SUBPROTOCOL)) return undefined;
  return { status: "403 Forbidden", detail: "'prefect' subprotocol required when auth is configured" };
}

function refuseUpgrade(socket: Duplex, { status, detail }: Refusal): void {
  const body = JSON.stringify({ detail });
  const head = [
    `HTTP/1.1 ${status}`,
    "Content-Type: application/json",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}

function closeSocket(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const insist = setTimeout(() => socket.terminate(), CLOSE_TIMEOUT_MS);
    socket.once("close", () => {
      clearTimeout(insist);
      resolve();
    });
    socket.close(CLOSE.serviceRestart, "The server is shutting down");
  });
}
