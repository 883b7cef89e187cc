import type { RawData, WebSocket } from "ws";

/** Why a socket is closed, in the numbers of RFC 6455. */
export const CLOSE = {
  protocolError: 1002,
  policyViolation: 1008,
  internalError: 1011,
  serviceRestart: 1012,
  tryAgainLater: 1013,
} as const;

/** The reason travels in a control frame: 125 bytes, two of which are the code. */
const LONGEST_REASON_BYTES = 123;
/** Stop writing while this much waits for a slow reader. */
const MOST_BUFFERED_BYTES = 1_000_000;

/**
 * One client's socket. Frames that arrive before anybody asks for them are kept, in order; pings are answered by
 * whoever `onPing` names, for on `/events/in` an answer means that everything before is committed.
 */
export class Connection {
  readonly #socket: WebSocket;
  readonly #inbox: string[] = [];
  #onFrame: (text: string) => void = (text) => void this.#inbox.push(text);
  #onPing: (data: Buffer) => void = (data) => this.pong(data);
  #isClosed = false;
  #onClose: (() => void)[] = [];

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on("message", (data) => this.#onFrame(textOf(data)));
    socket.on("ping", (data) => this.#onPing(data));
    socket.on("error", () => socket.terminate());
    socket.on("close", () => {
      this.#isClosed = true;
      for (const callback of this.#onClose) callback();
    });
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** The next frame; undefined when the client has gone. */
  async receive(): Promise<string | undefined> {
    const kept = this.#inbox.shift();
    if (kept !== undefined || this.#isClosed) return kept;
    return new Promise((resolve) => {
      const keep = this.#onFrame;
      this.#onFrame = (text) => {
        this.#onFrame = keep;
        resolve(text);
      };
      this.onClose(() => resolve(undefined));
    });
  }

  /** Hands every frame over as it comes, the ones that were kept first. */
  receiveAll(onFrame: (text: string) => void): void {
    this.#onFrame = onFrame;
    for (const text of this.#inbox.splice(0)) onFrame(text);
  }

  onPing(callback: (data: Buffer) => void): void {
    this.#onPing = callback;
  }

  onClose(callback: () => void): void {
    if (this.#isClosed) callback();
    else this.#onClose.push(callback);
  }

  pong(data: Buffer): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.pong(data);
  }

  /** Resolves at once unless the client reads too slowly; then when it has caught up or gone. */
  async send(text: string): Promise<void> {
    if (this.#isClosed || this.#socket.readyState !== this.#socket.OPEN) return;
    const written = new Promise<void>((resolve) => this.#socket.send(text, () => resolve()));
    if (this.#socket.bufferedAmount > MOST_BUFFERED_BYTES) await written;
  }

  /** Lets the network hold further frames back. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  /** For a client that reads more slowly than things happen: connecting again, it can ask for what it missed. */
  closeOverflowed(): void {
    this.close(CLOSE.tryAgainLater, "Too slow for this stream; connect again");
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, shortened(reason));
  }
}

function textOf(data: RawData): string {
  if (Buffer.isBuffer(data)) return data.toString("utf8");
  return (Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data)).toString("utf8");
}

/** Cut at a character, not inside one. */
function shortened(reason: string): string {
  const bytes = Buffer.from(reason);
  if (bytes.length <= LONGEST_REASON_BYTES) return reason;
  return new TextDecoder().decode(bytes.subarray(0, LONGEST_REASON_BYTES - 3)).replace(/\uFFFD$/, "");
}
