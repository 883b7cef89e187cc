/**
 * Events travel over one WebSocket (`/events/in`), a frame each, without any answer. What confirms them is a protocol
 * ping after the frames: the server works through frames in order, so its pong says that it has read them all. Frames
 * without a pong are sent again after a reconnect; the server knows them by their ids.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { WebSocket } from "ws";
import { UnavailableError } from "../../domain/errors.ts";

/** Frames between two pings. */
const CHECKPOINT_FRAMES = 700;
const PONG_TIMEOUT_MS = 30_000;
/** The waits before the second, third, … attempt to connect. */
const RETRY_DELAYS_MS = [200, 500, 1000, 2000, 5000];

export interface EventSocketOptions {
  readonly url: string;
  /** The API key or the auth string, as it is. */
  readonly token: string | undefined;
  readonly createSocket: (url: string) => WebSocket;
}

export interface EventSocket {
  /** Resolves when the server has read all frames. Rejects when it cannot be reached for about ten seconds. */
  send(frames: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

export function createEventSocket(options: EventSocketOptions): EventSocket {
  let opening: Promise<WebSocket> | undefined;
  let last: Promise<void> = Promise.resolve();

  function connected(): Promise<WebSocket> {
    opening ??= open(options).then((socket) => {
      socket.once("close", () => {
        opening = undefined;
      });
      return socket;
    });
    opening.catch(() => {
      opening = undefined;
    });
    return opening;
  }

  async function sendWithRetries(frames: readonly string[]): Promise<void> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        await sendConfirmed(await connected(), frames);
        return;
      } catch (cause) {
        const delayMs = RETRY_DELAYS_MS[attempt];
        if (delayMs === undefined) {
          throw new UnavailableError(`The server at ${options.url} does not take events: ${String(cause)}`, { cause });
        }
        await sleep(delayMs);
      }
    }
  }

  return {
    send(frames) {
      last = last.catch(() => undefined).then(() => sendWithRetries(frames));
      return last;
    },
    async close() {
      await last.catch(() => undefined);
      (await opening?.catch(() => undefined))?.terminate();
    },
  };
}

async function open({ url, token, createSocket }: EventSocketOptions): Promise<WebSocket> {
  const socket = createSocket(url);
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once("error", reject);
      socket.once("close", (code, reason) => reject(new Error(`closed with ${code} ${reason.toString()}`)));
      socket.once("open", resolve);
    });
    const welcome = new Promise<void>((resolve, reject) => {
      socket.once("close", (code, reason) => reject(new Error(`closed with ${code} ${reason.toString()}`)));
      socket.once("message", (data) => {
        const { type } = JSON.parse(data.toString()) as { type?: string };
        if (type === "auth_success") resolve();
        else reject(new Error(`answered ${type} instead of auth_success`));
      });
    });
    socket.send(JSON.stringify({ type: "auth", token: token ?? null }));
    await welcome;
  } catch (error) {
    socket.terminate();
    throw error;
  }
  socket.on("error", () => undefined); // a close always follows
  return socket;
}

async function sendConfirmed(socket: WebSocket, frames: readonly string[]): Promise<void> {
  for (let at = 0; at < frames.length; at += CHECKPOINT_FRAMES) {
    for (const frame of frames.slice(at, at + CHECKPOINT_FRAMES)) socket.send(frame);
    await pong(socket);
  }
}

function pong(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      clearTimeout(timer);
      socket.off("pong", onPong);
      socket.off("close", onClose);
      settle();
    };
    const onPong = () => end(resolve);
    const onClose = () => end(() => reject(new Error("the connection was lost")));
    const timer = setTimeout(() => {
      end(() => reject(new Error(`no pong within ${PONG_TIMEOUT_MS} ms`)));
      socket.terminate();
    }, PONG_TIMEOUT_MS);
    socket.once("pong", onPong);
    socket.once("close", onClose);
    if (socket.readyState !== socket.OPEN) onClose();
    else socket.ping();
  });
}
