import { defineConfig } from "vitest/config";

/** Far above what a test needs: a busy machine makes it slow, not wrong. */
const UNIT_TEST_MS = 60_000;
const SYSTEM_TEST_MS = 120_000;

export default defineConfig({
  test: {
    globalSetup: ["scripts/postgres/global-setup.mjs"],
    projects: [
      // Everything that needs Node only, the storage tests on their own PostgreSQL included.
      {
        extends: true,
        test: {
          name: "unit",
          include: ["packages/prefect-ts/src/**/*.test.ts", "{scripts,benchmarks,integrations}/**/*.test.ts"],
          testTimeout: UNIT_TEST_MS,
          hookTimeout: UNIT_TEST_MS,
        },
      },
      // The built product as a user meets it: processes, ports, files.
      {
        extends: true,
        test: {
          name: "system",
          include: ["packages/prefect-ts/tests/*.test.ts", "examples/**/*.test.ts"],
          testTimeout: SYSTEM_TEST_MS,
          hookTimeout: SYSTEM_TEST_MS,
        },
      },
      // The real `prefect` package for Python against our server.
      {
        extends: true,
        test: {
          name: "python",
          include: ["packages/prefect-ts/tests/python/*.test.ts"],
          globalSetup: ["packages/prefect-ts/tests/python/global-setup.ts"],
          testTimeout: SYSTEM_TEST_MS,
          hookTimeout: SYSTEM_TEST_MS,
        },
      },
      "packages/ui/vitest*.config.ts",
    ],
  },
});
