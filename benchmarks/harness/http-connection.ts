/**
 * One keep-alive connection that sends prepared requests and reads their answers, with as little work as HTTP/1.1
 * allows: the load must cost less than the server that it measures, and both share the machine.
 */
import { connect, type Socket } from "node:net";

export interface Answer {
  readonly status: number;
  readonly body: string;
}

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

const HEAD_END = Buffer.from("\r\n\r\n");

export class HttpConnection {
  readonly #port: number;
  #socket: Socket | undefined;
  #received: Buffer = Buffer.alloc(0);
  #waiting: Waiting | undefined;

  constructor(port: number) {
    this.#port = port;
  }

  /** One request at a time. Rejects when the connection breaks; the next request opens a new one. */
  async request(method: string, path: string, body = ""): Promise<Answer> {
    this.#socket ??= await this.#open();
    const head = `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1:${this.#port}\r\nContent-Type: application/json\r\n`;
    this.#socket.write(`${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
  }

  close(): void {
    this.#socket?.destroy();
    this.#socket = undefined;
  }

  #open(): Promise<Socket> {
    const socket = connect(this.#port, "127.0.0.1");
    socket.setNoDelay(true);
    socket.on("data", (chunk) => this.#receive(chunk));
    socket.on("close", () => {
      this.#socket = undefined;
      this.#received = Buffer.alloc(0);
      this.#waiting?.reject(new Error("the server closed the connection without an answer"));
    });
    return new Promise((resolve, reject) => {
      socket.once("connect", () => resolve(socket));
      socket.on("error", reject);
    });
  }

  #receive(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    const answer = readAnswer(this.#received);
    if (answer === undefined) return;
    this.#received = Buffer.alloc(0);
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.resolve(answer);
  }
}

/** Undefined while a part is missing. */
export function readAnswer(received: Buffer): Answer | undefined {
  const headEnd = received.indexOf(HEAD_END);
  if (headEnd < 0) return undefined;
  const head = received.toString("latin1", 0, headEnd);
  const status = Number(head.slice(9, 12));
  const start = headEnd + HEAD_END.length;
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length !== undefined) {
    const end = start + Number(length);
    return received.length < end ? undefined : { status, body: received.toString("utf8", start, end) };
  }
  if (!/\r\ntransfer-encoding: *chunked/i.test(head)) return { status, body: "" };
  const body = readChunks(received, start);
  return body === undefined ? undefined : { status, body };
}

function readChunks(received: Buffer, start: number): string | undefined {
  const parts: Buffer[] = [];
  for (let at = start; ; ) {
    const lineEnd = received.indexOf("\r\n", at);
    if (lineEnd < 0) return undefined;
    const size = Number.parseInt(received.toString("latin1", at, lineEnd), 16);
    const next = lineEnd + 2 + size + 2;
    if (received.length < next) return undefined;
    if (size === 0) return Buffer.concat(parts).toString("utf8");
    parts.push(received.subarray(lineEnd + 2, next - 2));
    at = next;
  }
}
