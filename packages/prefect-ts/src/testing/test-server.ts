import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { logLevels } from "../platform/log-format.ts";
import { createLogger } from "../platform/logger.ts";
import { loadSettings, type SettingOverrides } from "../platform/settings/settings.ts";
import { type RunningServer, startServer } from "../server/server.ts";
import type { Given } from "./databases.ts";

export interface TestAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body; undefined when there is none. */
  readonly json: unknown;
}

export interface TestRequest {
  /** Sent as JSON, or as it is when it is text or bytes. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A real server on a free port of loopback, on a suite's own database. */
export interface TestServer {
  readonly running: RunningServer;
  /** What the server wrote to its log. */
  readonly logLines: readonly string[];
  /** A request by HTTP; the path is the URL's, `/api` included. Redirects are not followed. */
  request(method: string, path: string, request?: TestRequest): Promise<TestAnswer>;
}

/** Starts a server for the suite that it is called in, and closes it when the suite has ended. */
export function useTestServer(given: Given, overrides: SettingOverrides = {}): TestServer {
  let started: { running: RunningServer; home: string } | undefined;
  const logLines: string[] = [];

  beforeAll(async () => {
    const home = await mkdtemp(join(tmpdir(), "prefect-ts-home-"));
    const env = { PREFECT_HOME: home, PREFECT_TEST_MODE: "1" };
    const settings = loadSettings({ env, cwd: home, overrides });
    const logger = recordingLogger(logLines);
    started = { running: await startServer({ settings, port: 0, databaseUrl: given.url, logger }), home };
  });
  afterAll(async () => {
    await started?.running.close();
    if (started !== undefined) await rm(started.home, { recursive: true, force: true });
  });

  function running(): RunningServer {
    if (started === undefined) throw new Error("The server is started by beforeAll: use it inside tests only.");
    return started.running;
  }

  return {
    get running() {
      return running();
    },
    logLines,
    async request(method, path, { body, headers = {} } = {}) {
      const isRaw = body === undefined || typeof body === "string" || body instanceof Uint8Array;
      const response = await fetch(running().url + path, {
        method,
        redirect: "manual",
        headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
        ...(body === undefined ? {} : { body: isRaw ? (body as string) : JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = response.headers.get("content-type")?.startsWith("application/json") === true;
      return {
        status: response.status,
        headers: response.headers,
        text,
        json: isJson && text !== "" ? JSON.parse(text) : undefined,
      };
    },
  };
}

function recordingLogger(lines: string[]) {
  return createLogger({ name: "prefect.server", level: logLevels.INFO, write: (line) => void lines.push(line) });
}
