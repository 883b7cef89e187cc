import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { accessibilityProblems } from "./axe.ts";
import { chromiumPath, launchChromium, MISSING_CHROMIUM, visit } from "./chromium.ts";
import { startServer, type TestServer } from "./server.ts";

describe("a server with a password", () => {
  beforeEach((context) => context.skip(chromiumPath === undefined, MISSING_CHROMIUM));
  let server: TestServer;
  let browser: Browser;

  beforeAll(async () => {
    if (chromiumPath === undefined) return;
    server = await startServer({ PREFECT_SERVER_API_AUTH_STRING: "admin:pässword" });
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  test("asks for it, refuses a wrong one, and takes the right one for requests and sockets", async () => {
    const { page } = await visit(browser, `${server.url}/runs`);
    await page.getByLabel("Auth string (user:password)").fill("admin:wrong");
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole("button", { name: "Log in" }).click();
    await page.getByText("The server does not know this password").waitFor();
    await page.getByLabel("Auth string (user:password)").fill("admin:pässword");
    await page.getByRole("button", { name: "Log in" }).click();
    await page.getByText("No runs yet").waitFor();
    await page.getByText("Live", { exact: true }).waitFor();
    await page.reload();
    await page.getByText("No runs yet").waitFor();
    await page.close();
  });

  test("a password that is no longer right is asked for again", async () => {
    const { page } = await visit(browser, `${server.url}/runs`);
    await page.evaluate(() => localStorage.setItem("prefect-password", btoa("admin:old")));
    await page.reload();
    await page.getByRole("heading", { name: "Log in" }).waitFor();
    await page.close();
  });
});
