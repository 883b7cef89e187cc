import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    globalSetup: ["scripts/postgres/global-setup.mjs"],
    include: ["packages/prefect-ts/src/**/*.test.ts", "scripts/**/*.test.ts"],
  },
});
