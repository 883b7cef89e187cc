import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";

/** On the PATH, because Debian's is a script that finds its own helpers there. */
const CANDIDATES = ["chromium", "chromium-browser", "google-chrome"].flatMap((name) =>
  (process.env["PATH"] ?? "").split(delimiter).map((folder) => join(folder, name)),
);

/** `PREFECT_TEST_CHROMIUM` names one that stands elsewhere. */
export const chromiumPath = [process.env["PREFECT_TEST_CHROMIUM"], ...CANDIDATES].find(
  (path) => path !== undefined && existsSync(path),
);

export const MISSING_CHROMIUM = "Chromium (on the PATH, or named by PREFECT_TEST_CHROMIUM)";

export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    ...(chromiumPath === undefined ? {} : { executablePath: chromiumPath }),
    args: ["--no-sandbox", "--headless", "--disable-gpu", "--disable-background-networking"],
  });
}

export interface Visit {
  readonly page: Page;
  /** What the page complained about: a test that ends with one has failed. */
  readonly problems: string[];
  /** The API calls that the page made, as `POST /flow_runs/paginate {…}`; asking the same again is no new call. */
  readonly calls: Set<string>;
}

export async function visit(browser: Browser, url: string, colorScheme: "light" | "dark" = "light"): Promise<Visit> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme });
  const problems: string[] = [];
  const calls = new Set<string>();
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    const isExpected = /status of 404/.test(message.text());
    if (message.type() === "error" && !isExpected) problems.push(message.text());
  });
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith("/api/")) {
      calls.add(`${request.method()} ${pathname.slice("/api".length)} ${request.postData() ?? ""}`);
    }
  });
  await page.goto(url);
  return { page, problems, calls };
}
