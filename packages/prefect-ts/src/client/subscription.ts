/**
 * A live stream of the server: events (`/events/out`) or log lines (`/logs/out`), both with the same handshake
 * (subprotocol `prefect`, `auth`, `auth_success`, `filter`). It opens again by itself after a loss, each time with a
 * fresh filter, so that the caller can ask for what was missed; duplicates after a reconnect are possible.
 */

/** The part of a WebSocket that is used here: the browser's and `ws`'s own both fit. */
export interface Socket {
  onopen: (() => void) | null;
  onmessage: ((message: { data: unknown }) => void) | null;
  onclose: (() => void) | null;
  onerror: (() => void) | null;
  send(text: string): void;
  close(): void;
}

export type SocketFactory = (url: string, protocols: string[]) => Socket;

/** `refused`: the server has never got as far as accepting the filter, so polling is the way. */
export type SubscriptionStatus = "connecting" | "live" | "lost" | "refused";

export interface SubscriptionOptions<Item> {
  /** With the `/api` suffix, as `http` or `https`. */
  readonly apiUrl: string;
  readonly path: "/events/out" | "/logs/out";
  /** `PREFECT_API_AUTH_STRING` as it is, not base64. */
  readonly authString?: string | undefined;
  /** The wire's filter; made anew for every connection. It should say `until`, else live items may not match. */
  readonly filter: () => unknown;
  readonly onItem: (item: Item) => void;
  readonly onStatus?: (status: SubscriptionStatus) => void;
  readonly createSocket: SocketFactory;
  /** The waits before the first, second, … attempt after a loss; the last one repeats. Default 0.5 s to 30 s. */
  readonly retryDelaysMs?: readonly number[];
}

const RETRY_DELAYS_MS = [500, 1000, 2000, 5000, 10_000, 30_000];

/** Opens the stream; the function that it returns ends it for good. */
export function subscribe<Item>(options: SubscriptionOptions<Item>): () => void {
  const delaysMs = options.retryDelaysMs ?? RETRY_DELAYS_MS;
  let socket: Socket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let wasLive = false;
  let isEnded = false;

  function open(): void {
    options.onStatus?.("connecting");
    socket = connect(options, () => {
      failures = 0;
      wasLive = true;
      options.onStatus?.("live");
    });
    socket.onclose = () => {
      if (isEnded) return;
      options.onStatus?.(wasLive ? "lost" : "refused");
      timer = setTimeout(open, delaysMs[Math.min(failures, delaysMs.length - 1)] ?? 0);
      failures += 1;
    };
  }

  open();
  return () => {
    isEnded = true;
    clearTimeout(timer);
    socket?.close();
  };
}

function connect<Item>(options: SubscriptionOptions<Item>, onLive: () => void): Socket {
  const url = options.apiUrl.replace(/\/+$/, "").replace(/^http/, "ws") + options.path;
  const socket = options.createSocket(url, ["prefect"]);
  socket.onerror = () => undefined; // a close always follows
  socket.onopen = () => socket.send(JSON.stringify({ type: "auth", token: options.authString ?? null }));
  socket.onmessage = ({ data }) => {
    const frame = JSON.parse(String(data)) as { type: string; event?: Item; log?: Item };
    if (frame.type === "auth_success") {
      socket.send(JSON.stringify({ type: "filter", filter: options.filter() }));
      onLive();
    }
    const item = frame.event ?? frame.log;
    if (item !== undefined) options.onItem(item);
  };
  return socket;
}
