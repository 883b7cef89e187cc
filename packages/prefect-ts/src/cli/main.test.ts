import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { packageVersion } from "../platform/package-version.ts";
import { runPrefect } from "./cli-process.ts";

const PROCESS_TEST_MS = 30_000;

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "cli-"));
});

afterEach(() => {
  rmSync(home, { recursive: true });
});

function prefect(words: readonly string[], env: Readonly<Record<string, string>> = {}, input = "") {
  return runPrefect(home, words, { env, input });
}

const profiles = () => readFileSync(join(home, "profiles.toml"), "utf8");

describe("prefect", { timeout: PROCESS_TEST_MS }, () => {
  test("says its version, briefly and at length", async () => {
    expect(await prefect(["--version"])).toEqual({ code: 0, stdout: `${packageVersion()}\n`, stderr: "" });
    const { code, stdout } = await prefect(["version", "--omit-integrations"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^Version: {14}\S+\nPrefect version: {6}3\.\S+\nAPI version: {10}\S+\nNode version: {9}\S+\nGit commit: {11}\S+\nBuilt: {16}\w{3}, \w{3} \d{2}, \d{4} \d{2}:\d{2} [AP]M\nOS\/Arch: {14}\S+\/\S+\nProfile: {14}ephemeral\nServer type: {10}ephemeral\nZod version: {10}\S+\nServer:\n {2}Database: {11}sqlite\n {2}SQLite version: {5}\S+\n$/,
    );
  });

  test("shows its commands, and what is wrong with a command line", async () => {
    const help = await prefect(["--help"]);
    expect(help.stdout).toContain("│ profile (profiles)");
    expect(help.stdout.split("\n").every((line) => line.length <= 80)).toBe(true);
    const wrong = await prefect(["proflie", "ls"]);
    expect(wrong).toMatchObject({ code: 2, stdout: "" });
    expect(wrong.stderr).toContain('Unknown command "proflie". Did you mean "profile"?');
    expect(await prefect(["-p", "nope", "version"])).toEqual({
      code: 1,
      stdout: "",
      stderr: "Unknown profile 'nope'.\n",
    });
  });

  test("a wrong setting is named, and can still be mended", async () => {
    writeFileSync(join(home, "profiles.toml"), 'active = "p"\n\n[profiles.p]\nPREFECT_SERVER_API_PORT = "x"\n');
    expect(await prefect(["flow", "ls"])).toMatchObject({
      code: 1,
      stdout: "PREFECT_SERVER_API_PORT='x' (from profile 'p') must be a whole number.\n",
    });
    expect(await prefect(["config", "validate"])).toMatchObject({ code: 1 });
    expect(await prefect(["config", "unset", "PREFECT_SERVER_API_PORT"])).toMatchObject({ code: 0 });
    expect((await prefect(["config", "validate"])).stdout).toBe("Configuration valid!\n");
  });
});

describe("prefect config", { timeout: PROCESS_TEST_MS }, () => {
  test("set, view and unset change and show the profile", async () => {
    const set = await prefect(["config", "set", "PREFECT_API_URL=http://127.0.0.1:9/api", "PREFECT_API_KEY=secret"]);
    expect(set.stdout).toBe(
      "Set 'PREFECT_API_URL' to 'http://127.0.0.1:9/api'.\nSet 'PREFECT_API_KEY' to 'secret'.\nUpdated profile 'ephemeral'.\n",
    );
    const view = await prefect(["config", "view"], { PREFECT_LOGGING_LEVEL: "DEBUG" });
    expect(view.stdout).toBe(`🚀 you are connected to:
http://127.0.0.1:9
PREFECT_PROFILE='ephemeral'
PREFECT_API_KEY='********' (from profile)
PREFECT_API_URL='http://127.0.0.1:9/api' (from profile)
PREFECT_HOME='${home}' (from env)
PREFECT_LOGGING_LEVEL='DEBUG' (from env)
PREFECT_SERVER_EPHEMERAL_ENABLED='true' (from profile)
`);
    await prefect(["config", "unset", "PREFECT_API_URL", "PREFECT_API_KEY"]);
    expect(profiles()).toBe('[profiles.ephemeral]\nPREFECT_SERVER_EPHEMERAL_ENABLED = "true"\n');
  });

  test("view -o json gives JSON and nothing else, with defaults and secrets when asked", async () => {
    const args = ["config", "view", "--show-defaults", "--hide-sources", "--show-secrets", "-o", "json"];
    const { stdout } = await prefect(args, { PREFECT_API_KEY: "secret" });
    const { profile, settings } = JSON.parse(stdout) as {
      profile: string;
      settings: { name: string; value: string }[];
    };
    const values = new Map(settings.map(({ name, value }) => [name, value]));
    expect(profile).toBe("ephemeral");
    expect(settings[0]).toEqual({ name: "PREFECT_API_AUTH_STRING", value: "None" });
    expect(values.get("PREFECT_API_KEY")).toBe("secret");
    expect(values.get("PREFECT_SERVER_EVENTS_RETENTION_PERIOD")).toBe("7 days, 0:00:00");
    expect(values.get("PREFECT_API_REQUEST_TIMEOUT")).toBe("60.0");
  });

  test.each([
    [["config", "set", "A"], "Failed to parse argument 'A'. Use the format 'VAR=VAL'.\n"],
    [["config", "set", "PREFECT_NOPE=1"], "Unknown setting name 'PREFECT_NOPE'.\n"],
    [
      ["config", "set", "PREFECT_SERVER_API_PORT=x"],
      "Validation error(s) for setting PREFECT_SERVER_API_PORT\n\n - The value must be a whole number\n",
    ],
    [
      ["config", "set", "PREFECT_HOME=/x"],
      "Setting 'PREFECT_HOME' cannot be changed with this command. Use an environment \nvariable instead.\n",
    ],
    [["config", "unset", "PREFECT_API_URL"], "'PREFECT_API_URL' is not set in profile 'ephemeral'.\n"],
    [["config", "view", "-o", "yaml"], "Only 'json' output format is supported.\n"],
  ])("%j says why not", async (words, stdout) => {
    expect(await prefect(words)).toEqual({ code: 1, stdout, stderr: "" });
  });
});

describe("prefect profile", { timeout: PROCESS_TEST_MS }, () => {
  test("create, ls, rename, inspect, delete", async () => {
    expect((await prefect(["profile", "create", "a"])).stdout).toContain("    name - 'a'\n    from name - None\n");
    await prefect(["-p", "a", "config", "set", "PREFECT_API_URL=http://h/api"]);
    await prefect(["profile", "create", "b", "--from", "a"]);
    expect((await prefect(["profile", "inspect", "b"])).stdout).toBe("PREFECT_API_URL='http://h/api'\n");
    expect((await prefect(["profile", "rename", "b", "c"])).stdout).toBe("Renamed profile 'b' to 'c'.\n");
    expect((await prefect(["-p", "c", "profile", "ls"])).stdout).toBe(`\
┏━━━━━━━━━━━━━━━━━━━━━┓
┃ Available Profiles: ┃
┡━━━━━━━━━━━━━━━━━━━━━┩
│                   a │
│                 * c │
└─────────────────────┘
   * active profile    
`);
    expect((await prefect(["profile", "delete", "a"])).stdout).toBe("Removed profile 'a'.\n");
    expect(JSON.parse((await prefect(["profile", "ls", "-o", "json"])).stdout)).toEqual([{ name: "c", active: false }]);
  });

  test("asks only when it may, and takes what is answered", async () => {
    writeFileSync(join(home, "profiles.toml"), "[profiles.a]\n\n[profiles.b]\n");
    const question = "Are you sure you want to delete profile with name 'a'? [y/n] (n): ";
    const declined = await prefect(["--prompt", "profile", "delete", "a"], {}, "maybe\nn\n");
    expect(declined).toMatchObject({ code: 1, stderr: "" });
    expect(declined.stdout).toBe(`${question}Please enter Y or N\n${question}\nDeletion aborted.\n`);
    const unanswered = await prefect(["profile", "delete", "a", "--prompt"]);
    expect(unanswered).toEqual({ code: 1, stdout: `${question}\n`, stderr: "" });
    expect((await prefect(["profile", "delete", "a"])).stdout).toBe("Removed profile 'a'.\n");
    expect(profiles()).toBe("[profiles.b]\n");
  });

  test("use switches and says whether the API answers", async () => {
    const server = createServer((request, response) => {
      response.writeHead(request.url === "/api/health" ? 200 : 404).end("true");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
    writeFileSync(join(home, "profiles.toml"), `[profiles.up]\nPREFECT_API_URL = "${url}"\n`);
    const up = await prefect(["profile", "use", "up"]);
    server.close();
    const down = await prefect(["profile", "use", "up"]);

    expect(up).toEqual({ code: 0, stdout: "Connected to Prefect server using profile 'up'\n", stderr: "" });
    expect(down).toMatchObject({ code: 1, stdout: "Error connecting to Prefect server using profile 'up'\n" });
    expect(profiles()).toBe(`active = "up"\n\n[profiles.up]\nPREFECT_API_URL = "${url}"\n`);
    expect((await prefect(["profile", "use", "ephemeral"])).stdout).toContain("the API will run in \nephemeral mode.");
  });

  test("populate-defaults adds what is missing and leaves the rest", async () => {
    writeFileSync(join(home, "profiles.toml"), "# mine\n[profiles.local]\nPREFECT_API_URL = 'http://h/api'\n");
    expect((await prefect(["profile", "populate-defaults"])).stdout).toContain("  • Add 'ephemeral'\n  • Add 'test'\n");
    expect(profiles()).toContain(
      "# mine\n[profiles.local]\nPREFECT_API_URL = 'http://h/api'\n\n[profiles.ephemeral]\n",
    );
    expect((await prefect(["profile", "populate-defaults"])).stdout).toBe(
      "No changes needed. All profiles are up to date.\n",
    );
  });

  test.each([
    [["profile", "use", "nope"], "Profile 'nope' not found.\n"],
    [["profile", "rename", "nope", "x"], "Profile 'nope' not found.\n"],
    [
      ["profile", "delete", "ephemeral"],
      "Profile 'ephemeral' is the active profile. You must switch profiles before it \ncan be deleted.\n",
    ],
    [["profile", "create", "x", "--from", "nope"], "Profile 'nope' not found.\n"],
  ])("%j says why not", async (words, stdout) => {
    expect(await prefect(words)).toEqual({ code: 1, stdout, stderr: "" });
  });
});
