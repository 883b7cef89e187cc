/** A server's REST API as the tests read it: raw, without our own client, so that nothing is repaired on the way. */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

export interface Answer {
  status: number;
  body: Json;
  text: string;
}

const SETTLE_TIMEOUT_MS = 30_000;
const POLL_MS = 100;
const FINAL = new Set(["COMPLETED", "FAILED", "CANCELLED", "CRASHED"]);

export class Api {
  readonly url: string;
  /** Prefect's server on SQLite answers 503 under load, and expects to be asked again; ours never may. */
  readonly #attempts: number;

  constructor(url: string, server: "ours" | "reference") {
    this.url = url;
    this.#attempts = server === "reference" ? 20 : 1;
  }

  /** A body that is a string is sent as it is. */
  async request(method: string, path: string, body?: Json, headers: Record<string, string> = {}): Promise<Answer> {
    const init: RequestInit = { method, headers };
    if (body !== undefined) {
      init.body = typeof body === "string" ? body : JSON.stringify(body);
      init.headers = { "Content-Type": "application/json", ...headers };
    }
    let response = await fetch(this.url + path, init);
    for (let attempt = 1; response.status === 503 && attempt < this.#attempts; attempt += 1) {
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      response = await fetch(this.url + path, init);
    }
    const text = await response.text();
    return { status: response.status, body: parsed(text), text };
  }

  async get(path: string): Promise<Json> {
    return ok(`GET ${path}`, await this.request("GET", path));
  }

  async post(path: string, body: Json): Promise<Json> {
    return ok(`POST ${path}`, await this.request("POST", path, body));
  }

  async list(path: string, body: Json): Promise<JsonObject[]> {
    return (await this.post(path, body)) as JsonObject[];
  }

  /** Task runs are recorded from events, some time after the program that sent them has ended. */
  async untilRecorded(flowRunId: string, taskRuns: number): Promise<void> {
    let found: JsonObject[] = [];
    for (const deadline = Date.now() + SETTLE_TIMEOUT_MS; Date.now() < deadline; ) {
      found = await this.list("/task_runs/filter", { flow_runs: { id: { any_: [flowRunId] } } });
      if (found.length >= taskRuns && found.every(isSettled)) return;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    const states = found.map((run) => `${run["name"]}: ${run["state_type"]}`).join(", ");
    throw new Error(`${taskRuns} final task runs were expected of ${flowRunId} at ${this.url}, there are: ${states}`);
  }
}

function parsed(text: string): Json {
  try {
    return text === "" ? null : (JSON.parse(text) as Json);
  } catch {
    return text;
  }
}

/** Final, or left behind by the flow because what it waited for has failed. */
function isSettled(run: JsonObject): boolean {
  return FINAL.has(String(run["state_type"])) || run["state_name"] === "NotReady";
}

function ok(what: string, { status, body, text }: Answer): Json {
  if (status >= 300) throw new Error(`${what} answered ${status}: ${text.slice(0, 2000)}`);
  return body;
}
