import { WebSocket } from "ws";

/** A WebSocket whose frames, pongs and end can be awaited. */
export interface TestSocket {
  /** The accepted subprotocol. */
  readonly protocol: string;
  send(message: unknown): void;
  /** The next frame, parsed. Rejects when the server closes instead. */
  next(): Promise<unknown>;
  /** Frames that have arrived and were not asked for. */
  readonly unread: readonly unknown[];
  /** Resolves at the pong. */
  ping(): Promise<void>;
  readonly closed: Promise<{ code: number; reason: string }>;
  close(): void;
}

export interface TestSocketOptions {
  readonly protocols?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** Rejects with the status when the server refuses the upgrade. */
export async function openTestSocket(url: string, options: TestSocketOptions = {}): Promise<TestSocket> {
  const socket = new WebSocket(url.replace(/^http/, "ws"), [...(options.protocols ?? ["prefect"])], {
    headers: { ...options.headers },
  });
  const unread: unknown[] = [];
  const waiting: { resolve: (frame: unknown) => void; reject: (error: Error) => void }[] = [];
  const pings: (() => void)[] = [];

  socket.on("message", (data) => {
    const frame: unknown = JSON.parse(String(data));
    const next = waiting.shift();
    if (next === undefined) unread.push(frame);
    else next.resolve(frame);
  });
  socket.on("pong", () => pings.shift()?.());
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on("close", (code, reason) => {
      for (const { reject } of waiting.splice(0)) reject(new Error(`closed with ${code}: ${String(reason)}`));
      resolve({ code, reason: String(reason) });
    });
  });
  await new Promise<void>((resolve, reject) => {
    socket.on("open", resolve);
    socket.on("unexpected-response", (_, response) => reject(new Error(`refused with ${response.statusCode}`)));
    socket.on("error", reject);
  });

  return {
    protocol: socket.protocol,
    send: (message) => socket.send(typeof message === "string" ? message : JSON.stringify(message)),
    next() {
      if (unread.length > 0) return Promise.resolve(unread.shift());
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    unread,
    ping() {
      const answered = new Promise<void>((resolve) => pings.push(resolve));
      socket.ping();
      return answered;
    },
    closed,
    close: () => socket.close(),
  };
}

/** With the handshake done. */
export async function openAuthenticatedSocket(url: string, token: string | null = null): Promise<TestSocket> {
  const socket = await openTestSocket(url);
  socket.send({ type: "auth", token });
  const answer = (await socket.next()) as { type: string };
  if (answer.type !== "auth_success") throw new Error(`The handshake was answered with ${JSON.stringify(answer)}`);
  return socket;
}
