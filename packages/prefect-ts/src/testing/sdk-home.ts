import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import type { SettingOverrides } from "../platform/settings/settings.ts";
import { loadSettings } from "../platform/settings/settings.ts";
import { configureSdk } from "../sdk/configure.ts";
import { type RunningServer, startServer } from "../server/server.ts";

/** Gives the SDK of a test file a home of its own, with an embedded server on an empty database. */
export function useSdkHome(overrides: SettingOverrides = {}): { readonly folder: string } {
  const home = { folder: "" };
  beforeAll(async () => {
    home.folder = await mkdtemp(join(tmpdir(), "prefect-ts-sdk-"));
    await configureSdk({ PREFECT_HOME: home.folder, PREFECT_LOGGING_LEVEL: "CRITICAL", ...overrides });
  });
  afterAll(async () => {
    await configureSdk();
    await rm(home.folder, { recursive: true, force: true });
  });
  return home;
}

/** A real server on a free port, on the database of a home. */
export function startServerIn(folder: string, overrides: SettingOverrides = {}): Promise<RunningServer> {
  const settings = loadSettings({ env: { PREFECT_HOME: folder, PREFECT_TEST_MODE: "1" }, cwd: folder, overrides });
  return startServer({ settings, port: 0 });
}
