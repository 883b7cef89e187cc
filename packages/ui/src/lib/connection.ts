import { type Client, createClient, createHttpTransport, type Socket, type Transport } from "prefect-ts/client";
import { storedAuth } from "./stored-auth.ts";
import { resolveApiUrl, type UiSettings } from "./ui-settings.ts";

interface Connection {
  readonly apiUrl: string;
  readonly transport: Transport;
}

let connection: Connection | undefined;

function connected(): Connection {
  if (connection === undefined) throw new Error("The page asked the server before it knew its address");
  return connection;
}

/** Called once, before the first page is drawn. */
export function connect(settings: UiSettings): void {
  const apiUrl = resolveApiUrl(settings.api_url, new URL(window.location.href));
  const headers = () => storedAuth.headers();
  const transport = createHttpTransport({ apiUrl, headers, csrf: settings.csrf_enabled ? "ask" : "off" });
  connection = { apiUrl, transport };
}

/** The server's API, by the wire's names. */
export const api: Client = createClient((call) => connected().transport(call));

export function apiUrl(): string {
  return connected().apiUrl;
}

export function createBrowserSocket(url: string, protocols: string[]): Socket {
  const socket = new WebSocket(url, protocols);
  const face: Socket = {
    onopen: null,
    onmessage: null,
    onclose: null,
    onerror: null,
    send: (text) => socket.send(text),
    close: () => socket.close(),
  };
  socket.onopen = () => face.onopen?.();
  socket.onmessage = ({ data }) => face.onmessage?.({ data });
  socket.onclose = () => face.onclose?.();
  socket.onerror = () => face.onerror?.();
  return face;
}
