import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe } from "vitest";
import { chromiumPath, launchChromium, MISSING_CHROMIUM } from "./chromium.ts";
import { Seeder } from "./seed.ts";
import { type House, seedHouse } from "./seed-house.ts";
import { startServer, type TestServer } from "./server.ts";

/** What a test finds: read its fields inside tests, not before. */
export interface Given {
  readonly url: string;
  readonly seeder: Seeder;
  readonly browser: Browser;
  readonly house: House;
}

/** A suite with a server of its own, full of runs, and a browser. */
export function describeInBrowser(name: string, suite: (given: Given) => void): void {
  describe(name, () => {
    beforeEach((context) => context.skip(chromiumPath === undefined, MISSING_CHROMIUM));
    let server: TestServer | undefined;
    const given: { -readonly [Key in keyof Given]?: Given[Key] } = {};

    beforeAll(async () => {
      if (chromiumPath === undefined) return;
      server = await startServer();
      given.url = server.url;
      given.seeder = new Seeder(`${server.url}/api`);
      given.house = await seedHouse(given.seeder);
      given.browser = await launchChromium();
    });
    afterAll(async () => {
      await given.browser?.close();
      await server?.stop();
    });

    suite(given as Given);
  });
}
