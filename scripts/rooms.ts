/**
 * The import table: which room of `packages/prefect-ts/src` may import which. It stands here once; the architecture
 * test reads it and compares it with the table in ARCHITECTURE.md.
 */

/** In the order of the layers: a room stands below everything that it may be imported by. */
export const ROOMS = [
  "domain",
  "platform",
  "contract",
  "client",
  "worker",
  "sdk",
  "storage",
  "orchestration",
  "resources",
  "events",
  "services",
  "server",
  "cli",
  "testing",
] as const;

export type Room = (typeof ROOMS)[number];

export const ALLOWED_IMPORTS: Record<Room, readonly Room[]> = {
  domain: [],
  platform: ["domain"],
  contract: ["domain"],
  client: ["contract", "domain"],
  worker: ["client", "contract", "platform", "domain"],
  sdk: ["worker", "client", "contract", "platform", "domain"],
  storage: ["platform", "domain"],
  orchestration: ["storage", "platform", "domain"],
  resources: ["orchestration", "storage", "platform", "domain"],
  events: ["resources", "orchestration", "storage", "platform", "domain"],
  services: ["events", "resources", "orchestration", "storage", "platform", "domain"],
  server: ["services", "events", "resources", "orchestration", "storage", "contract", "platform", "domain"],
  cli: ROOMS.slice(0, ROOMS.indexOf("cli")),
  testing: ROOMS.slice(0, ROOMS.indexOf("cli")),
};

/** The companion thread holds the embedded server: the one door between the two sides, opened at run time only. */
export const ALLOWED_DYNAMIC_IMPORTS: Readonly<Record<string, Room>> = {
  "sdk/companion/embedded.ts": "server",
};

/** These run in a browser too: no `node:*`, and of npm only what is listed. */
export const BROWSER_ROOMS: Partial<Record<Room, readonly string[]>> = {
  domain: ["zod"],
  contract: ["zod"],
  client: [],
};

/** What importing the SDK must not load, neither as a room nor as a package. */
export const NOT_IN_SDK_START = {
  rooms: ["storage", "orchestration", "resources", "events", "services", "server", "cli", "testing"],
  packages: ["zod", "fastify", "kysely", "pg", "ws", "@photostructure/sqlite", "jiti", "commander"],
} as const;

/** What the dashboard may import of the product; integrations, examples and benchmarks may import every public subpath. */
export const UI_SUBPATHS = ["prefect-ts/client", "prefect-ts/contract", "prefect-ts/domain"];

export const BUDGET = { fileLines: 400, functionLines: 50, medianLines: 100 };

export const DRAWERS = ["util", "utils", "helper", "helpers", "common", "misc", "shared"];
