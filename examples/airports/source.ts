import { readFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";

/** Every how many requests the source fails, and how: a real one does all of these now and then. */
const UNAVAILABLE_EVERY = 7;
const CUT_OFF_EVERY = 23;

export interface Source {
  readonly url: string;
  /** How many requests were answered badly so far. */
  readonly failures: () => number;
  close(): Promise<void>;
}

/**
 * A small public-data service on loopback: the airports of the United States and the flights between them
 * (from the package vega-datasets), at `/airports.csv` and `/departures.csv?state=WA`.
 */
export async function startSource(): Promise<Source> {
  const folder = dataFolder();
  const airports = await readFile(join(folder, "airports.csv"), "utf8");
  const [header = "", ...flights] = (await readFile(join(folder, "flights-airport.csv"), "utf8")).trim().split("\n");
  const stateOf = new Map(airports.split("\n").map((line) => [line.slice(0, 3), stateIn(line)]));

  let requests = 0;
  let failures = 0;

  const server = createServer((request, response) => {
    requests += 1;
    const url = new URL(request.url ?? "/", "http://localhost");
    const body = url.pathname === "/airports.csv" ? airports : departures(url.searchParams.get("state"));
    if (requests % UNAVAILABLE_EVERY === 0) {
      failures += 1;
      response.writeHead(503, { "retry-after": "1" }).end("Try again later.\n");
    } else if (requests % CUT_OFF_EVERY === 0) {
      failures += 1;
      cutOff(response, body);
    } else {
      response.writeHead(200, { "content-type": "text/csv" }).end(body);
    }
  });

  function departures(state: string | null): string {
    const lines = flights.filter((line) => stateOf.get(line.slice(0, 3)) === state);
    return `${[header, ...lines].join("\n")}\n`;
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    failures: () => failures,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Promises the whole body and hangs up half-way through. */
function cutOff(response: ServerResponse, body: string): void {
  response.writeHead(200, { "content-type": "text/csv", "content-length": Buffer.byteLength(body) });
  response.write(body.slice(0, body.length / 2), () => response.destroy());
}

/** The state is the fourth column; names may hold commas within quotes, so it is counted from the end. */
function stateIn(line: string): string | undefined {
  return line.split(",").at(-4);
}

/** The package exports its code only; its data lie beside it. */
export function dataFolder(): string {
  const { resolve } = createRequire(import.meta.url);
  return join(dirname(resolve("vega-datasets")), "../data");
}
