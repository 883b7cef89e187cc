import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ConfigurationError } from "../../domain/errors.ts";
import { type LoadSettingsOptions, loadSettings } from "./settings.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "settings-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}

function load(options: LoadSettingsOptions = {}) {
  return loadSettings({ cwd: folder, ...options, env: { PREFECT_HOME: folder, ...options.env } });
}

const SOURCES: readonly {
  source: string;
  options?: LoadSettingsOptions;
  file?: readonly [name: string, text: string];
}[] = [
  { source: "init", options: { overrides: { PREFECT_SERVER_API_PORT: 1 } } },
  { source: "env", options: { env: { PREFECT_SERVER_API_PORT: "2" } } },
  { source: ".env file", file: [".env", "PREFECT_SERVER_API_PORT=3"] },
  { source: "prefect.toml", file: ["prefect.toml", "server.api.port = 4"] },
  { source: "pyproject.toml", file: ["pyproject.toml", "[tool.prefect.server.api]\nport = 5"] },
  { source: "package.json", file: ["package.json", '{"prefect": {"server": {"api": {"port": 6}}}}'] },
  { source: "profile", file: ["profiles.toml", 'active = "p"\n[profiles.p]\nPREFECT_SERVER_API_PORT = "7"'] },
  { source: "defaults" },
];

describe("resolution", () => {
  test.each(SOURCES.map(({ source }, index) => [source, index] as const))(
    "%s wins over what is below",
    (source, index) => {
      const present = SOURCES.slice(index);
      for (const { file } of present) if (file !== undefined) write(...file);
      const settings = load(Object.assign({}, ...present.map(({ options }) => options)));
      expect(settings.get("PREFECT_SERVER_API_PORT")).toBe(source === "defaults" ? 4200 : index + 1);
      expect(settings.source("PREFECT_SERVER_API_PORT")).toBe(source);
      expect(settings.isSet("PREFECT_SERVER_API_PORT")).toBe(source !== "defaults");
    },
  );

  test("a canonical name beats an alias, an alias of a stronger source beats both", () => {
    const env = { PREFECT_API_DATABASE_ECHO: "true", PREFECT_SERVER_DATABASE_ECHO: "false" };
    expect(load({ env }).get("PREFECT_SERVER_DATABASE_ECHO")).toBe(false);
    write("prefect.toml", "[server.database]\necho = false");
    expect(load({ env: { PREFECT_API_DATABASE_ECHO: "true" } }).get("PREFECT_SERVER_DATABASE_ECHO")).toBe(true);
  });

  test("an empty text in the environment counts as set", () => {
    const settings = load({ env: { PREFECT_UI_URL: "" } });
    expect(settings.get("PREFECT_UI_URL")).toBe("");
    expect(settings.source("PREFECT_UI_URL")).toBe("env");
  });

  test("an empty address of the API is none, whatever the profile says", () => {
    expect(load({ env: { PREFECT_API_URL: "" } }).get("PREFECT_API_URL")).toBeUndefined();
  });

  test("a map in TOML keeps its keys", () => {
    write("prefect.toml", '[client.custom_headers]\n"X-Team" = "data"');
    expect(load().get("PREFECT_CLIENT_CUSTOM_HEADERS")).toEqual({ "X-Team": "data" });
  });
});

describe("profiles", () => {
  beforeEach(() => {
    write(
      "profiles.toml",
      'active = "a"\n[profiles.a]\nPREFECT_API_URL = "http://a/api"\n[profiles.b]\nPREFECT_API_URL = "http://b/api"\n',
    );
  });

  test("the active one is used, PREFECT_PROFILE chooses another", () => {
    expect(load().get("PREFECT_API_URL")).toBe("http://a/api");
    expect(load({ env: { PREFECT_PROFILE: "b" } }).get("PREFECT_API_URL")).toBe("http://b/api");
  });

  test("one that is named wins over the environment", () => {
    const settings = load({ profile: "b", env: { PREFECT_API_URL: "http://env/api" } });
    expect(settings.get("PREFECT_API_URL")).toBe("http://b/api");
    expect(settings.profileName).toBe("b");
  });

  test("one that does not exist is an error when named and a warning otherwise", () => {
    expect(() => load({ profile: "nope" })).toThrow("Unknown profile 'nope'.");
    const settings = load({ env: { PREFECT_PROFILE: "nope" } });
    expect(settings.profileName).toBe("ephemeral");
    expect(settings.warnings).toEqual([expect.stringContaining("'nope' set by environment variable not found")]);
  });

  test("a test process ignores the file", () => {
    const settings = load({ env: { PREFECT_TEST_MODE: "1" } });
    expect(settings.get("PREFECT_API_URL")).toBeUndefined();
    expect(settings.profileName).toBe("ephemeral");
  });
});

describe("derived values", () => {
  test("paths follow PREFECT_HOME, which may begin with ~", () => {
    expect(load().get("PREFECT_RESULTS_LOCAL_STORAGE_PATH")).toBe(join(folder, "storage"));
    const settings = load({ env: { PREFECT_HOME: "~/x", PREFECT_PROFILES_PATH: "$PREFECT_HOME/p.toml" } });
    expect(settings.get("PREFECT_HOME")).toBe(join(homedir(), "x"));
    expect(settings.get("PREFECT_PROFILES_PATH")).toBe(join(homedir(), "x", "p.toml"));
  });

  test.each([
    ["http://127.0.0.1:4200/api", "http://127.0.0.1:4200"],
    ["https://api.prefect.cloud/api/accounts/1/workspaces/2", "https://app.prefect.cloud/account/1/workspace/2"],
    ["http://host/prefect", "http://host/prefect"],
  ])("the dashboard of %s is %s", (PREFECT_API_URL, uiUrl) => {
    expect(load({ env: { PREFECT_API_URL } }).get("PREFECT_UI_URL")).toBe(uiUrl);
  });

  test("without an API address there is no dashboard, and the browser asks our own server", () => {
    const settings = load({ env: { PREFECT_SERVER_API_PORT: "4300" } });
    expect(settings.get("PREFECT_UI_URL")).toBeUndefined();
    expect(settings.get("PREFECT_SERVER_UI_API_URL")).toBe("http://127.0.0.1:4300/api");
  });

  test.each([
    [{}, "sqlite+aiosqlite:///HOME/prefect-ts.db"],
    [{ DRIVER: "sqlite+aiosqlite", NAME: "/data/x.db" }, "sqlite+aiosqlite:////data/x.db"],
    [
      { DRIVER: "postgresql+asyncpg", HOST: "db", USER: "u", NAME: "n", PASSWORD: "p@ss" },
      "postgresql+asyncpg://u:p%40ss@db:5432/n",
    ],
    [
      { CONNECTION_URL: "postgresql://u:$" + "{PREFECT_SERVER_DATABASE_PASSWORD}@h/n", PASSWORD: "s" },
      "postgresql://u:s@h/n",
    ],
  ])("database parts %j make %s", (parts, url) => {
    const env = Object.fromEntries(
      Object.entries(parts).map(([key, value]) => [`PREFECT_SERVER_DATABASE_${key}`, value]),
    );
    expect(load({ env }).get("PREFECT_SERVER_DATABASE_CONNECTION_URL")).toBe(url.replace("HOME", folder));
  });

  test("missing database parts are named", () => {
    const settings = load({
      env: { PREFECT_SERVER_DATABASE_DRIVER: "postgresql+asyncpg", PREFECT_SERVER_DATABASE_HOST: "h" },
    });
    expect(() => settings.get("PREFECT_SERVER_DATABASE_CONNECTION_URL")).toThrow(
      "PREFECT_SERVER_DATABASE_USER, PREFECT_SERVER_DATABASE_NAME",
    );
  });

  test("debug mode logs at DEBUG, Cloud caps the size of logs", () => {
    expect(
      load({ env: { PREFECT_DEBUG_MODE: "1", PREFECT_LOGGING_LEVEL: "ERROR" } }).get("PREFECT_LOGGING_LEVEL"),
    ).toBe("DEBUG");
    const cloud = load({ env: { PREFECT_API_URL: "https://api.prefect.cloud/api/accounts/1/workspaces/2" } });
    expect(cloud.get("PREFECT_LOGGING_TO_API_MAX_LOG_SIZE")).toBe(25_000);
    expect(cloud.serverType).toBe("cloud");
  });

  test.each([
    [{ PREFECT_API_URL: "http://h/api" }, "server"],
    [{}, "ephemeral"],
    [{ PREFECT_SERVER_EPHEMERAL_ENABLED: "false" }, "unconfigured"],
  ])("the server type of %j is %s", (env, type) => {
    expect(load({ env }).serverType).toBe(type);
  });
});

describe("mistakes", () => {
  test("a wrong value names setting, value, source and what is accepted", () => {
    const attempt = () => load({ env: { PREFECT_SERVER_API_PORT: "abc" } });
    expect(attempt).toThrow(ConfigurationError);
    expect(attempt).toThrow("PREFECT_SERVER_API_PORT='abc' (from env) must be a whole number.");
  });

  test("a wrong secret is not shown", () => {
    write("prefect.toml", '[api]\nkey = ["s3cret"]');
    expect(() => load()).toThrow("PREFECT_API_KEY='********' (from prefect.toml) must be text.");
  });

  test("a wrong value waits until it is asked for, when told so", () => {
    const settings = load({ env: { PREFECT_SERVER_API_PORT: "abc" }, validate: false });
    expect(settings.get("PREFECT_SERVER_API_HOST")).toBe("127.0.0.1");
    expect(() => settings.get("PREFECT_SERVER_API_PORT")).toThrow(ConfigurationError);
  });

  test.each([
    ["prefect.toml", "a ="],
    ["pyproject.toml", "[tool.prefect"],
    ["profiles.toml", "active"],
    ["package.json", '{"prefect"'],
  ])("a broken %s is named", (name, text) => {
    write(name, text);
    expect(() => load()).toThrow(`Failed to load Prefect settings from ${join(folder, name)}: invalid`);
  });

  test("an API address that looks wrong is a warning, which can be silenced", () => {
    const env = { PREFECT_API_URL: "https://app.prefect.cloud/account/1" };
    expect(load({ env }).warnings).toHaveLength(2);
    expect(load({ env: { ...env, PREFECT_SILENCE_API_URL_MISCONFIGURATION: "1" } }).warnings).toEqual([]);
  });
});

test("with() replaces values and leaves the rest", () => {
  const settings = load({ env: { PREFECT_SERVER_API_PORT: "5000" } });
  const other = settings.with({ PREFECT_SERVER_API_PORT: 6000 });
  expect(other.get("PREFECT_SERVER_API_PORT")).toBe(6000);
  expect(settings.get("PREFECT_SERVER_API_PORT")).toBe(5000);
});
