import { afterEach, describe, expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { createEventSocket, type EventSocket } from "./event-socket.ts";

interface FakeServer {
  readonly url: string;
  /** Event frames in the order of their arrival, over all connections. */
  readonly frames: string[];
  readonly tokens: unknown[];
  close(): Promise<void>;
}

const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close();
});

/** A server that loses its first `losses` connections after it has read a frame of them. */
async function startServer(losses = 0): Promise<FakeServer> {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1", handleProtocols: () => "prefect" });
  await new Promise((resolve) => server.once("listening", resolve));
  const frames: string[] = [];
  const tokens: unknown[] = [];
  let left = losses;
  server.on("connection", (socket) => {
    socket.on("message", (data) => {
      const message = JSON.parse(data.toString()) as { type?: string; token?: unknown; id?: string };
      if (message.type === "auth") {
        tokens.push(message.token);
        socket.send(JSON.stringify({ type: "auth_success" }));
        return;
      }
      frames.push(String(message.id));
      if (left > 0) {
        left -= 1;
        socket.terminate();
      }
    });
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const fake: FakeServer = {
    url: `ws://127.0.0.1:${port}`,
    frames,
    tokens,
    close: () => {
      for (const client of server.clients) client.terminate();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  open.push(fake);
  return fake;
}

function connect(url: string): EventSocket {
  const socket = createEventSocket({ url, token: "user:pass", createSocket: (to) => new WebSocket(to, ["prefect"]) });
  open.push(socket);
  return socket;
}

const frame = (id: string) => JSON.stringify({ id });

describe("the event socket", () => {
  test("sends frames in order and waits until the server has read them", async () => {
    const server = await startServer();
    const socket = connect(server.url);
    const ids = Array.from({ length: 1500 }, (_, index) => String(index));

    await Promise.all([socket.send(ids.slice(0, 1000).map(frame)), socket.send(ids.slice(1000).map(frame))]);

    expect(server.frames).toEqual(ids);
    expect(server.tokens).toEqual(["user:pass"]);
  });

  test("sends again what was not confirmed when the connection is lost", async () => {
    const server = await startServer(1);
    const socket = connect(server.url);

    await socket.send(["a", "b", "c"].map(frame));

    // The server knows repeated frames by their ids; what counts is that the last round is whole.
    expect(server.frames.slice(-3)).toEqual(["a", "b", "c"]);
    expect(server.tokens).toHaveLength(2);
  });
});
