import { defineConfig } from "vitest/config";

const BROWSER_TEST_MS = 120_000;

/** The built dashboard in a real Chromium, against the built server. */
export default defineConfig({
  test: {
    name: "browser",
    include: ["tests/browser/*.test.ts"],
    testTimeout: BROWSER_TEST_MS,
    hookTimeout: BROWSER_TEST_MS,
  },
});
