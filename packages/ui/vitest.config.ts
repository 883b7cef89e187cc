import { defineConfig } from "vitest/config";
import { alias } from "./vite.config.ts";

/** Logic and components without a browser; the build's chunk graph. */
export default defineConfig({
  resolve: { alias },
  test: {
    name: "ui",
    include: ["src/**/*.test.{ts,tsx}", "tests/*.test.ts"],
    environment: "node",
    testTimeout: 30_000,
  },
});
