import { describe, expect, test } from "vitest";
import { loadSettings, type SettingOverrides } from "../platform/settings/settings.ts";
import { createHostCheck } from "./host-check.ts";

function check(overrides: SettingOverrides = {}, boundHost = "127.0.0.1") {
  return createHostCheck(loadSettings({ env: { PREFECT_TEST_MODE: "1" }, overrides }), boundHost);
}

describe("a server on loopback", () => {
  test.each([
    ["127.0.0.1:4200", true],
    ["127.8.8.8", true],
    ["localhost", true],
    ["LOCALHOST:4200", true],
    ["app.localhost:4200", true],
    ["[::1]:4200", true],
    [undefined, true],
    ["evil.example", false],
    ["localhost.evil.example", false],
    ["127.0.0.1.evil.example:4200", false],
    ["192.168.1.5:4200", false],
    ["", false],
  ])("the host %s is its own: %s", (host, expected) => {
    expect(check().refuseHost(host) === undefined).toBe(expected);
  });

  test.each([
    [undefined, true],
    ["http://localhost:5173", true],
    ["http://127.0.0.1:4200", true],
    ["https://evil.example", false],
    ["http://localhost.evil.example", false],
    ["null", false],
    ["", false],
  ])("a page of %s may write: %s", (origin, expected) => {
    expect(check().refuseOrigin(origin, "127.0.0.1:4200") === undefined).toBe(expected);
  });

  test("names that are configured are its own", () => {
    const hostCheck = check({ PREFECT_SERVER_API_ALLOWED_HOSTS: "prefect.example,other" });
    expect(hostCheck.refuseHost("Prefect.example:443")).toBeUndefined();
    expect(hostCheck.refuseHost("evil.example")).toContain("PREFECT_SERVER_API_ALLOWED_HOSTS");
    expect(check({ PREFECT_SERVER_API_ALLOWED_HOSTS: "*" }).refuseHost("evil.example")).toBeUndefined();
  });

  test("origins that are configured may write, and all of them when somebody wrote so", () => {
    const some = check({ PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS: "https://a.example, https://b.example" });
    expect(some.refuseOrigin("https://b.example", "127.0.0.1")).toBeUndefined();
    expect(some.refuseOrigin("https://c.example", "127.0.0.1")).toContain("PREFECT_SERVER_CORS_ALLOWED_ORIGINS");
    const all = check({ PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS: "*" });
    expect(all.refuseOrigin("https://c.example", "127.0.0.1")).toBeUndefined();
  });

  test("with a password it is the password that protects", () => {
    const guarded = check({ PREFECT_SERVER_API_AUTH_STRING: "a:b" });
    expect(guarded.refuseHost("proxy.example")).toBeUndefined();
    expect(guarded.refuseOrigin("https://proxy.example", "127.0.0.1")).toBeUndefined();
  });
});

test("a server on every address has names that only its network knows, and its own pages may write", () => {
  const open = check({}, "0.0.0.0");
  expect(open.refuseHost("prefect.internal:4200")).toBeUndefined();
  expect(open.refuseOrigin("http://prefect.internal:4200", "prefect.internal:4200")).toBeUndefined();
  expect(open.refuseOrigin("https://evil.example", "prefect.internal:4200")).toBeDefined();
});
