import { HttpConnection } from "./http-connection.ts";
import { processTreeUse } from "./process-tree.ts";
import type { ServerProcess } from "./server-process.ts";
import { median, percentile, rounded } from "./statistics.ts";

/** One unit of work over one connection. */
export type Unit = (send: Send) => Promise<void>;
/** Throws `Refused` on an answer that is not 2xx. */
export type Send = (method: string, path: string, body?: unknown) => Promise<string>;

export interface LoadResult {
  /** Units that were answered with 2xx throughout. */
  readonly answered: number;
  readonly perSecond: number;
  /** Of the server, per unit. */
  readonly cpuMs: number | undefined;
  readonly medianMs: number;
  readonly p99Ms: number;
  /** Answers that were not 2xx, by status; `no answer` for broken connections. */
  readonly refused: Readonly<Record<string, number>>;
}

class Refused extends Error {
  readonly kind: string;

  constructor(kind: string, message: string) {
    super(message);
    this.kind = kind;
  }
}

export interface Load {
  readonly connections: number;
  readonly seconds: number;
  readonly unit: Unit;
}

/** Prefect's own server can leave a request unanswered for a minute while its SQLite is locked. */
const GRACE_MS = 2000;

/** Runs units over all connections at once until the time is over; those begun have a moment to be finished. */
export async function runLoad(server: ServerProcess, { connections: count, seconds, unit }: Load): Promise<LoadResult> {
  const times: number[] = [];
  const refused: Record<string, number> = {};
  const connections = Array.from({ length: count }, () => new HttpConnection(server.port));
  const cpuBefore = processTreeUse(server.pid)?.cpuMs;
  const startedAt = performance.now();
  const deadline = startedAt + seconds * 1000;
  const client = async (connection: HttpConnection) => {
    const send = sender(connection);
    while (performance.now() < deadline) {
      const unitStartedAt = performance.now();
      try {
        await unit(send);
        times.push(performance.now() - unitStartedAt);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        refused[error.kind] = (refused[error.kind] ?? 0) + 1;
      }
    }
  };
  const closeAll = () => {
    for (const connection of connections) connection.close();
  };
  const cut = setTimeout(closeAll, seconds * 1000 + GRACE_MS);
  await Promise.all(connections.map(client));
  clearTimeout(cut);
  closeAll();
  const elapsedSeconds = (performance.now() - startedAt) / 1000;
  const cpuAfter = processTreeUse(server.pid)?.cpuMs;
  const hasCpu = cpuBefore !== undefined && cpuAfter !== undefined && times.length > 0;
  return {
    answered: times.length,
    perSecond: times.length / elapsedSeconds,
    cpuMs: hasCpu ? (cpuAfter - cpuBefore) / times.length : undefined,
    medianMs: rounded(median(times)),
    p99Ms: rounded(percentile(times, 0.99)),
    refused,
  };
}

export function sender(connection: HttpConnection): Send {
  return async (method, path, body) => {
    const text = body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body);
    const answer = await connection.request(method, path, text).catch((error: Error) => {
      throw new Refused("no answer", `${method} ${path}: ${error.message}`);
    });
    if (answer.status >= 200 && answer.status < 300) return answer.body;
    throw new Refused(String(answer.status), `${method} ${path}: ${answer.status} ${answer.body.slice(0, 500)}`);
  };
}

/** Tries again what was refused: Prefect's own server answers 503 while its SQLite is locked, also to a single client. */
export function insistent(send: Send, attempts = 50): Send {
  return async (method, path, body) => {
    for (let left = attempts; ; left -= 1) {
      try {
        return await send(method, path, body);
      } catch (error) {
        if (left === 1 || !(error instanceof Refused)) throw error;
      }
    }
  };
}

/** What a server must never do, with an answer of 5xx or with none. */
export function serverFailures({ refused }: LoadResult): number {
  return Object.entries(refused).reduce((sum, [kind, count]) => (/^4/.test(kind) ? sum : sum + count), 0);
}
