import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { accessibilityProblems } from "./axe.ts";
import { visit } from "./chromium.ts";
import { describeInBrowser } from "./describe-in-browser.ts";
import { largeGraph } from "./large-graph.ts";

const MOST_REQUESTS = 5;

describeInBrowser("the page of a run", (given) => {
  const urlOf = (id: string, rest = "") => `${given.url}/runs/flow-run/${id}${rest}`;
  const tab = (page: Page, name: RegExp) => page.getByRole("tab", { name });

  test("shows what the run is and did, with few requests and without a complaint", async () => {
    const { page, problems, calls } = await visit(given.browser, urlOf(given.house.etl));
    await page.getByRole("heading", { name: "golden-otter" }).waitFor();
    await page.getByRole("img", { name: /Timeline of 45 task runs/ }).waitFor();
    await page.getByText("Beginning flow run 'golden-otter' for flow 'etl'").waitFor();
    expect(calls.size, [...calls].join("\n")).toBeLessThanOrEqual(MOST_REQUESTS);
    await page.getByText("Live", { exact: true }).waitFor();
    expect(await page.title()).toBe("golden-otter · Prefect");
    expect(await page.locator('link[rel="icon"]').getAttribute("href")).toContain("data:image/svg+xml");
    for (const [name, count] of Object.entries({ "Task runs": 44, "Subflow runs": 1, Artifacts: 3, Parameters: 3 })) {
      expect(await tab(page, new RegExp(`^${name}`)).textContent()).toBe(`${name}${count}`);
    }
    expect(problems).toEqual([]);
    await page.close();
  });

  test("says why a run failed before anything else", async () => {
    const { page } = await visit(given.browser, urlOf(given.house.failed));
    const reason = page.getByRole("region", { name: "Why it failed" });
    await reason.getByText("ConnectionError: the warehouse at port 5432 did not answer").waitFor();
    await reason.getByRole("link", { name: "write-report-c2d" }).click();
    await page.getByRole("heading", { name: "write-report-c2d" }).waitFor();
    await page.close();
  });

  test("finds a log line among many, by text and by level, and keeps the question in the URL", async () => {
    const { page } = await visit(given.browser, urlOf(given.house.etl));
    await page.getByLabel("Search in logs").fill("counted airport 299");
    await expect.poll(() => page.locator("mark").allTextContents()).toEqual(["Counted airport 299"]);
    await page.getByLabel("Clear search").click();
    await page.getByLabel("Lowest level").selectOption("warning");
    await page.getByText("Beginning flow run").waitFor({ state: "detached" });
    await page.getByText("Source answered 503, retrying in 1 s").waitFor();
    await page.getByText("ValueError: airport code is empty").waitFor();
    expect(new URL(page.url()).searchParams.get("level")).toBe("warning");
    await page.getByRole("link", { name: "extract-fe8" }).first().click();
    await page.getByRole("heading", { name: "extract-fe8" }).waitFor();
    await page.close();
  });

  test("reads logs on as one scrolls, and from the end", async () => {
    const { page } = await visit(given.browser, urlOf(given.house.etl));
    const lines = page.getByRole("region", { name: "Log lines" });
    await page.getByText("Counted airport 0", { exact: true }).waitFor();
    const last = page.getByText("Finished in state Completed()");
    await expect
      .poll(async () => {
        await lines.evaluate((element) => element.scrollTo(0, element.scrollHeight));
        return last.isVisible();
      })
      .toBe(true);
    await page.getByRole("button", { name: "Oldest first" }).click();
    await page.getByRole("button", { name: "Newest first" }).waitFor();
    await expect
      .poll(() =>
        lines
          .locator("time")
          .first()
          .evaluate((time) => time.parentElement?.textContent),
      )
      .toMatch(/Finished in state Completed\(\)$/);
    await page.close();
  });

  test("lists task runs, narrowed down by name and state", async () => {
    const { page } = await visit(given.browser, urlOf(given.house.etl, "?tab=task-runs"));
    await page.getByRole("link", { name: "validate-9f2" }).waitFor();
    await page.getByText("Cached").waitFor();
    await page.getByLabel("Search task runs").fill("count-flights");
    await page.getByRole("link", { name: "validate-9f2" }).waitFor({ state: "detached" });
    await page.getByRole("button", { name: "State" }).click();
    await page.getByRole("checkbox", { name: "Failed", exact: true }).check();
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: "count-flights-000" }).waitFor({ state: "detached" });
    await page.getByRole("link", { name: "count-flights-011" }).waitFor();
    await page.close();
  });

  test("shows artifacts in their own form, states and parameters", async () => {
    const { page } = await visit(given.browser, urlOf(given.house.etl, "?tab=artifacts"));
    await page.getByRole("cell", { name: "1204" }).waitFor();
    expect(await page.getByRole("link", { name: "the data" }).getAttribute("href")).toBe("https://example.org/flights");
    expect(await page.getByRole("progressbar").getAttribute("aria-valuenow")).toBe("75");
    await tab(page, /^States/).click();
    await page.getByRole("region", { name: "States" }).getByText("Pending").waitFor();
    expect(await page.getByRole("region", { name: "States" }).getByRole("listitem").count()).toBe(3);
    await page.keyboard.press("6");
    await page.getByText('"source": "https://example.org/flights.csv"').waitFor();
    await page.keyboard.press("3");
    await page.getByRole("link", { name: "publish / quiet-lynx" }).click();
    await page.getByRole("heading", { name: "quiet-lynx" }).waitFor();
    await page.close();
  });

  test("follows a run while it runs", async () => {
    const startedAt = new Date();
    const id = await given.seeder.flowRun({ flow: "etl", name: "running-raven", state: "RUNNING", startedAt });
    const { page } = await visit(given.browser, urlOf(id));
    await page.getByText("Live", { exact: true }).waitFor();
    await page.getByText("No log lines yet").waitFor();
    await given.seeder.taskRuns(id, startedAt, [{ name: "first-a0a", state: "RUNNING", from: 0.1 }]);
    await page.getByRole("button", { name: /^Running 1$/ }).waitFor();
    await given.seeder.logs(id, [{ message: "a line of the moment", at: new Date() }]);
    await page.getByText("a line of the moment").waitFor();
    await given.seeder.setState(id, "COMPLETED");
    await page.locator("h1 + [data-state=COMPLETED]").waitFor();
    await page.getByRole("button", { name: "Cancel run" }).waitFor({ state: "detached" });
    await page.close();
  });

  test("cancels a run, and deletes one", async () => {
    const id = await given.seeder.flowRun({
      flow: "etl",
      name: "doomed-dodo",
      state: "SCHEDULED",
      startedAt: new Date(),
    });
    const { page } = await visit(given.browser, urlOf(id));
    await page.getByRole("button", { name: "Cancel run" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Cancel run" }).click();
    await page.locator("h1 + [data-state=CANCELLED]").waitFor();
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Delete…" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete run" }).click();
    await page.getByRole("heading", { name: "Runs" }).waitFor();
    await page.goto(urlOf(id));
    await page.getByText("This flow run does not exist").waitFor();
    await page.close();
  });

  test("shows one task run: states, inputs, logs", async () => {
    const { page, problems } = await visit(given.browser, `${given.url}/runs/task-run/${given.house.taskRun}`);
    await page.getByRole("heading", { name: "extract-fe8" }).waitFor();
    await page.getByText("Fetching https://example.org/flights.csv").waitFor();
    await page.keyboard.press("2");
    await page.getByRole("region", { name: "States" }).getByText("Completed").waitFor();
    await page.getByRole("link", { name: "golden-otter" }).click();
    await page.getByRole("heading", { name: "golden-otter" }).waitFor();
    expect(problems).toEqual([]);
    await page.close();
  });

  test("a timeline of 10,000 task runs opens its groups, filters and finds", async () => {
    const { page, problems } = await visit(given.browser, "about:blank");
    await page.route("**/graph-v2", (route) => route.fulfill({ json: largeGraph(10_000) }));
    await page.goto(urlOf(given.house.etl));
    await page.getByRole("img", { name: "Timeline of 10000 task runs" }).waitFor();
    const rows = page.getByRole("region", { name: "Rows of the timeline" });
    const heightOf = () => rows.evaluate((element) => element.scrollHeight);
    const closed = await heightOf();
    await page.getByRole("button", { name: "Open all groups" }).click();
    await expect.poll(heightOf).toBeGreaterThan(10_000 * 20);
    await page.getByRole("button", { name: /^Failed/ }).click();
    await expect.poll(heightOf).toBeLessThan(2000);
    await page.getByRole("button", { name: /^Failed/ }).click();
    await page.getByRole("button", { name: "Close all groups" }).click();
    await expect.poll(heightOf).toBe(closed);
    await page.getByRole("img", { name: /Timeline/ }).click({ position: { x: 60, y: 40 } });
    await expect.poll(heightOf).toBeGreaterThan(closed);
    await page.getByRole("img", { name: /Timeline/ }).click({ position: { x: 60, y: 85 } });
    const details = page.getByRole("complementary", { name: "Selected run" });
    await details.getByRole("link", { name: /^extract-/ }).waitFor();
    await details.getByText("Needed by").waitFor();
    expect(problems).toEqual([]);
    await page.close();
  });

  test.each([
    { theme: "light", tab: "logs" },
    { theme: "dark", tab: "logs" },
    { theme: "light", tab: "task-runs" },
    { theme: "dark", tab: "artifacts" },
    { theme: "light", tab: "states" },
    { theme: "light", tab: "parameters" },
  ] as const)("has no accessibility problem ($tab, $theme)", async ({ theme, tab: name }) => {
    const { page } = await visit(given.browser, urlOf(given.house.etl, `?tab=${name}`), theme);
    await page.getByRole("img", { name: /Timeline/ }).waitFor();
    await page.getByRole("status", { name: "Loading" }).waitFor({ state: "detached" });
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.close();
  });

  test("has no accessibility problem where a run failed", async () => {
    for (const theme of ["light", "dark"] as const) {
      const { page } = await visit(given.browser, urlOf(given.house.failed), theme);
      await page.getByRole("region", { name: "Why it failed" }).waitFor();
      expect(await accessibilityProblems(page)).toEqual([]);
      await page.close();
    }
  });
});
