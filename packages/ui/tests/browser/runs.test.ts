import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { accessibilityProblems } from "./axe.ts";
import { visit } from "./chromium.ts";
import { describeInBrowser } from "./describe-in-browser.ts";

/** The most that a page may ask of the server before it stands. */
const MOST_REQUESTS = 5;

describeInBrowser("the list of runs", (given) => {
  const names = (page: Page) => page.locator("tbody tr td:nth-child(3)").allTextContents();

  test("shows what ran, newest first, with few requests and without a complaint", async () => {
    const { page, problems, calls } = await visit(given.browser, `${given.url}/`);
    await page.getByRole("link", { name: "golden-otter" }).waitFor();
    await page.getByRole("cell", { name: "etl", exact: true }).waitFor();
    await page.getByText("Live", { exact: true }).waitFor();
    expect(new URL(page.url()).pathname).toBe("/runs");
    expect(await page.title()).toBe("Runs · Prefect");
    expect((await names(page)).slice(0, 2)).toEqual(["quiet-lynx", "golden-otter"]);
    const rows = await page.locator("tbody tr").all();
    const heights = await Promise.all(rows.slice(0, 3).map(async (row) => (await row.boundingBox())?.height));
    expect(heights).toEqual([36, 36, 36]);
    expect(calls.size, [...calls].join("\n")).toBeLessThanOrEqual(MOST_REQUESTS);
    expect(problems).toEqual([]);
    await page.close();
  });

  test("keeps every filter in the URL, and a URL brings its filters back", async () => {
    const { page, problems } = await visit(given.browser, `${given.url}/runs`);
    await page.getByRole("button", { name: "State" }).click();
    await page.getByRole("checkbox", { name: "Failed", exact: true }).check();
    await page.keyboard.press("Escape");
    await page.getByLabel("Search run names").fill("brave");
    await page.waitForURL(/q=brave/);
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await page.waitForURL(/sort=NAME_ASC/);
    await page.getByRole("link", { name: "brave-heron-10" }).waitFor();
    const shown = await names(page);
    expect(shown).toEqual(["brave-heron-10", "brave-heron-17", "brave-heron-24", "brave-heron-3"]);
    expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({
      state: "FAILED",
      q: "brave",
      sort: "NAME_ASC",
    });

    const again = await visit(given.browser, page.url());
    await again.page.getByRole("link", { name: "brave-heron-10" }).waitFor();
    expect(await names(again.page)).toEqual(shown);
    expect(await again.page.getByLabel("Search run names").inputValue()).toBe("brave");
    await again.page.getByRole("button", { name: "Clear", exact: true }).click();
    await again.page.getByRole("link", { name: "golden-otter" }).waitFor();
    expect(problems).toEqual([]);
    await page.close();
    await again.page.close();
  });

  test("filters by flow, by tag and hides subflow runs", async () => {
    const { page } = await visit(given.browser, `${given.url}/runs?subflows=hide`);
    await page.getByRole("link", { name: "golden-otter" }).waitFor();
    expect(await names(page)).not.toContain("quiet-lynx");
    await page.getByRole("button", { name: "Flow", exact: true }).click();
    await page.getByLabel("Search flows").fill("vac");
    await page.getByRole("checkbox", { name: "vacuum" }).check();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Tags" }).click();
    await page.getByLabel("Tag that the runs must have").fill("nightly");
    await page.keyboard.press("Enter");
    await page.getByText("waiting-wombat").waitFor({ state: "detached" });
    expect(await names(page)).toEqual(["brave-heron-18", "brave-heron-3"]);
    await page.close();
  });

  test("says when nothing matches, and how to get out", async () => {
    const { page } = await visit(given.browser, `${given.url}/runs?q=no-such-run`);
    await page.getByText("No run matches these filters").waitFor();
    await page.getByRole("button", { name: "Clear filters" }).click();
    await page.getByRole("link", { name: "golden-otter" }).waitFor();
    await page.close();
  });

  test("is worked from the keyboard", async () => {
    const { page } = await visit(given.browser, `${given.url}/runs?sort=NAME_ASC&q=heron`);
    await page.getByRole("link", { name: "brave-heron-0" }).waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("x");
    await page.getByText("1 run selected").waitFor();
    await page.keyboard.press("Escape");
    await page.getByText("1 run selected").waitFor({ state: "detached" });
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.keyboard.press("k");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "brave-heron-0" }).waitFor();
    await page.keyboard.press("g");
    await page.keyboard.press("r");
    await page.getByRole("heading", { name: "Runs" }).waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("pelican");
    await page.waitForURL(/q=pelican/);
    await page.close();
  });

  test("changes while one looks, without a reload", async () => {
    const { page } = await visit(given.browser, `${given.url}/runs`);
    await page.getByText("Live", { exact: true }).waitFor();
    const id = await given.seeder.flowRun({ flow: "etl", name: "live-lemur", state: "RUNNING", startedAt: new Date() });
    const row = page.getByRole("row", { name: /live-lemur/ });
    await row.getByText("Running").waitFor();
    await given.seeder.setState(id, "FAILED", "boom");
    await row.getByText("Failed").waitFor();
    await page.close();
  });

  test("cancels and deletes what is selected, after asking", async () => {
    for (const name of ["doomed-dodo-1", "doomed-dodo-2"]) {
      await given.seeder.flowRun({ flow: "etl", name, state: "SCHEDULED", startedAt: new Date() });
    }
    const { page } = await visit(given.browser, `${given.url}/runs?q=doomed&upcoming=show`);
    await page.getByRole("link", { name: "doomed-dodo-2" }).waitFor();
    await page.getByLabel("Select all runs on this page").check();
    await page.getByRole("button", { name: "Cancel runs" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Cancel 2 runs" }).click();
    await page.locator('tbody [data-state="CANCELLED"]').nth(1).waitFor();
    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete 2 runs" }).click();
    await page.getByText("No run matches these filters").waitFor();
    await page.close();
  });

  test("old addresses lead to the new ones, wrong ones to a page that says so", async () => {
    const { page } = await visit(given.browser, `${given.url}/flow-runs/flow-run/${given.house.etl}`);
    await page.getByRole("heading", { name: "golden-otter" }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/runs/flow-run/${given.house.etl}`);
    await page.goto(`${given.url}/nowhere`);
    await page.getByText("There is no page here").waitFor();
    await page.goto(`${given.url}/runs/flow-run/00000000-0000-4000-8000-000000000000`);
    await page.getByText("This flow run does not exist").waitFor();
    await page.close();
  });

  test.each(["light", "dark"] as const)("has no accessibility problem in the %s theme", async (theme) => {
    const { page } = await visit(given.browser, `${given.url}/runs`, theme);
    await page.getByRole("link", { name: "golden-otter" }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole("button", { name: "State" }).click();
    await page.getByRole("dialog").waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.close();
  });
});
