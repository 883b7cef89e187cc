import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ConfigurationError } from "../domain/errors.ts";
import { allProfiles, editProfiles, readProfiles, withCanonicalNames } from "./profiles.ts";

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "profiles-"));
  path = join(folder, "profiles.toml");
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const text = () => readFileSync(path, "utf8");

const COMMENTED = `# my profiles
active = "work" # for now

# the office
[profiles.work]
PREFECT_API_URL = "http://work/api" # vpn
# quiet
PREFECT_LOGGING_LEVEL = 'ERROR'

# at home
[profiles."at home"]
`;

describe("editProfiles", () => {
  test("writes a new file as Prefect's CLI does, readable by its owner only", () => {
    editProfiles(path, { kind: "put", name: "x", settings: { PREFECT_API_URL: "http://h/api" } });
    editProfiles(path, { kind: "put", name: "y", settings: {} });
    editProfiles(path, { kind: "use", name: "x" });
    expect(text()).toBe('active = "x"\n\n[profiles.x]\nPREFECT_API_URL = "http://h/api"\n\n[profiles.y]\n');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test("keeps comments and order when a value changes, comes or goes", () => {
    writeFileSync(path, COMMENTED);
    editProfiles(
      path,
      { kind: "put", name: "work", settings: { PREFECT_API_URL: "http://new/api", PREFECT_API_KEY: 'a"b' } },
      { kind: "use", name: "at home" },
    );
    expect(text()).toBe(`# my profiles
active = "at home" # for now

# the office
[profiles.work]
PREFECT_API_URL = "http://new/api" # vpn
# quiet
PREFECT_API_KEY = "a\\"b"

# at home
[profiles."at home"]
`);
  });

  test("removes and renames one profile and nothing else", () => {
    writeFileSync(path, COMMENTED);
    editProfiles(path, { kind: "rename", name: "at home", to: "home" }, { kind: "remove", name: "work" });
    expect(text()).toBe('# my profiles\nactive = "work" # for now\n\n# the office\n# at home\n[profiles.home]\n');
  });

  test("writes anew what it cannot edit by lines", () => {
    writeFileSync(path, 'profiles = { a = { PREFECT_API_URL = "http://a/api" } }\n');
    editProfiles(path, { kind: "put", name: "b", settings: {} });
    expect(text()).toBe('[profiles.a]\nPREFECT_API_URL = "http://a/api"\n\n[profiles.b]\n');
    writeFileSync(path, '[profiles.b]\nPREFECT_API_KEY = """\nPREFECT_API_URL = "x"\n"""\n');
    editProfiles(path, { kind: "put", name: "b", settings: { PREFECT_API_URL: "y" } });
    expect(readProfiles(path).byName.get("b")).toEqual({ PREFECT_API_URL: "y" });
  });

  test("follows a symbolic link and keeps the file's mode", () => {
    const real = join(folder, "real.toml");
    writeFileSync(real, "", { mode: 0o644 });
    symlinkSync(real, path);
    editProfiles(path, { kind: "use", name: "local" });
    expect(readFileSync(real, "utf8")).toBe('active = "local"\n');
    expect(statSync(real).mode & 0o777).toBe(0o644);
  });

  test("does not touch a file that is not TOML", () => {
    writeFileSync(path, "oops");
    expect(() => editProfiles(path, { kind: "use", name: "a" })).toThrow(ConfigurationError);
    expect(text()).toBe("oops");
  });
});

test("the built-in profiles are there, and the file's win", () => {
  writeFileSync(path, '[profiles.local]\nPREFECT_API_URL = "http://other/api"\nPREFECT_CLI_COLORS = true\n');
  const { active, byName } = allProfiles(path);
  expect(active).toBe("ephemeral");
  expect([...byName.keys()]).toEqual(["ephemeral", "local", "test", "cloud"]);
  expect(byName.get("local")).toEqual({ PREFECT_API_URL: "http://other/api", PREFECT_CLI_COLORS: "true" });
});

test.each([
  ["active = 1", "must be the name of a profile"],
  ["[profiles]\nx = 1", "Profile 'x'"],
])("%j is refused", (toml, message) => {
  writeFileSync(path, toml);
  expect(() => readProfiles(path)).toThrow(message);
});

test("old names give way to the canonical ones", () => {
  expect(
    withCanonicalNames({
      PREFECT_UI_ENABLED: "false",
      PREFECT_TASK_DEFAULT_RETRIES: "1",
      PREFECT_TASKS_DEFAULT_RETRIES: "2",
    }),
  ).toEqual({ PREFECT_SERVER_UI_ENABLED: "false", PREFECT_TASKS_DEFAULT_RETRIES: "2" });
});
