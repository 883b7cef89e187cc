import { existsSync } from "node:fs";
import { defineConfig } from "tsdown";

/** What users import, and what must be a file of its own: the bin and the companion thread. */
const entries = {
  index: "src/index.ts",
  artifacts: "src/sdk/artifacts.ts",
  "cache-policies": "src/sdk/cache-policies.ts",
  client: "src/client/index.ts",
  exceptions: "src/sdk/exceptions.ts",
  runtime: "src/sdk/runtime.ts",
  states: "src/sdk/states.ts",
  "task-runners": "src/sdk/task-runners.ts",
  cli: "src/cli/main.ts",
  "companion-thread": "src/sdk/companion/thread.ts",
};

/** Types take a compiler's time, so they are built apart: `npm run build:types`. */
const isTypesBuild = process.env["BUILD"] === "types";

export default defineConfig({
  entry: Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(file))),
  format: "esm",
  platform: "node",
  target: "node20.20",
  sourcemap: !isTypesBuild,
  // The types build adds to what the plain build left.
  clean: !isTypesBuild,
  dts: isTypesBuild ? { emitDtsOnly: true } : false,
  hash: false,
  // zod is the users' too, the others have files of their own beside their code.
  deps: {
    neverBundle: ["zod", "@photostructure/sqlite", "jiti", "pg-native"],
    alwaysBundle: ["fastify", "pg", "picocolors", "smol-toml", "ws"],
    onlyBundle: false,
  },
  outExtensions: () => ({ js: ".js", dts: ".d.ts" }),
});
