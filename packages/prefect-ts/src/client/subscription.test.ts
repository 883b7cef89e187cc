import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Socket, subscribe } from "./subscription.ts";

/** The other end of the line, played by the test. */
class FakeSocket implements Socket {
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  onerror: (() => void) | null = null;
  readonly sent: unknown[] = [];
  isClosed = false;
  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }
  close(): void {
    this.isClosed = true;
  }
  says(frame: unknown): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
  accept(): void {
    this.onopen?.();
    this.says({ type: "auth_success" });
  }
}

function start(authString?: string) {
  const sockets: FakeSocket[] = [];
  const urls: string[] = [];
  const statuses: string[] = [];
  const items: unknown[] = [];
  let connections = 0;
  const stop = subscribe({
    apiUrl: "https://there/api/",
    path: "/events/out",
    authString,
    filter: () => ({ connection: ++connections }),
    onItem: (item) => items.push(item),
    onStatus: (status) => statuses.push(status),
    createSocket: (url, protocols) => {
      urls.push(`${url} ${protocols.join()}`);
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    },
    retryDelaysMs: [10, 100],
  });
  return { sockets, urls, statuses, items, stop };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("subscribe", () => {
  test("authorises, sends the filter and hands items over", () => {
    const { sockets, urls, statuses, items } = start("admin:secret");
    sockets[0]?.accept();
    sockets[0]?.says({ type: "event", event: { id: 1 } });
    expect(urls).toEqual(["wss://there/api/events/out prefect"]);
    expect(sockets[0]?.sent).toEqual([
      { type: "auth", token: "admin:secret" },
      { type: "filter", filter: { connection: 1 } },
    ]);
    expect(statuses).toEqual(["connecting", "live"]);
    expect(items).toEqual([{ id: 1 }]);
  });

  test("comes back after a loss with a fresh filter", () => {
    const { sockets, statuses } = start();
    sockets[0]?.accept();
    sockets[0]?.onclose?.();
    vi.advanceTimersByTime(10);
    sockets[1]?.accept();
    expect(sockets[1]?.sent.at(-1)).toEqual({ type: "filter", filter: { connection: 2 } });
    expect(statuses).toEqual(["connecting", "live", "lost", "connecting", "live"]);
  });

  test("says refused when it was never let in, and waits longer each time", () => {
    const { sockets, statuses } = start();
    sockets[0]?.onclose?.();
    vi.advanceTimersByTime(10);
    sockets[1]?.onclose?.();
    vi.advanceTimersByTime(99);
    expect(sockets).toHaveLength(2);
    vi.advanceTimersByTime(1);
    expect(sockets).toHaveLength(3);
    expect(statuses.filter((status) => status !== "connecting")).toEqual(["refused", "refused"]);
  });

  test("ends for good", () => {
    const { sockets, stop } = start();
    stop();
    sockets[0]?.onclose?.();
    vi.advanceTimersByTime(1000);
    expect(sockets).toHaveLength(1);
    expect(sockets[0]?.isClosed).toBe(true);
  });
});
