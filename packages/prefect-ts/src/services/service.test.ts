import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemClock } from "../platform/clock.ts";
import { createLogger } from "../platform/logger.ts";
import { loadSettings } from "../platform/settings/settings.ts";
import type { Database } from "../storage/database.ts";
import { openDatabase } from "../storage/open-database.ts";
import { periodicService, type Round, type ServiceContext, type Sleep } from "./service.ts";

/** Time that passes when the test says so. */
function aVirtualClock() {
  const sleepers: { ms: number; wake: () => void }[] = [];
  const arrivals: (() => void)[] = [];
  const sleep: Sleep = (ms, signal) =>
    new Promise((resolve, reject) => {
      sleepers.push({ ms, wake: resolve });
      signal.addEventListener("abort", () => reject(new Error("aborted")));
      arrivals.shift()?.();
    });
  return {
    sleep,
    /** Resolves with the wait that a loop asks for, when it does. */
    async asleep() {
      if (sleepers.length === 0) await new Promise<void>((resolve) => arrivals.push(resolve));
      return sleepers[0]?.ms;
    },
    wake: () => sleepers.shift()?.wake(),
  };
}

describe("a periodic service", () => {
  let db: Database;
  beforeAll(async () => {
    db = await openDatabase({ url: ":memory:" });
  });
  afterAll(() => db.close());

  function aService(rounds: (() => Round)[]) {
    const lines: string[] = [];
    const time = aVirtualClock();
    const context: ServiceContext = {
      db,
      clock: systemClock,
      settings: loadSettings({ env: { PREFECT_TEST_MODE: "1" } }),
      logger: createLogger({ name: "test", level: 0, write: (line) => void lines.push(line) }),
      sleep: time.sleep,
    };
    let ran = 0;
    const service = periodicService(context, "tester", 1000, async () => {
      ran += 1;
      return rounds.shift()?.() ?? { done: 0 };
    });
    return { service, time, lines, ran: () => ran };
  }

  test("runs at once, then after each interval", async () => {
    const { service, time, ran } = aService([]);
    service.start();
    service.start();
    expect(await time.asleep()).toBe(1000);
    expect(ran()).toBe(1);
    time.wake();
    await time.asleep();
    expect(ran()).toBe(2);
    await service.stop();
  });

  test("goes on without a pause while there is more to do", async () => {
    const { service, time, ran } = aService([() => ({ done: 5, again: true }), () => ({ done: 5, again: true })]);
    service.start();
    await time.asleep();
    expect(ran()).toBe(3);
    await service.stop();
  });

  test("outlives a round that throws, and says so", async () => {
    const { service, time, lines, ran } = aService([
      () => {
        throw new Error("no luck");
      },
    ]);
    service.start();
    await time.asleep();
    expect(lines.join()).toMatch(/The service tester failed a round.*no luck/);
    time.wake();
    await time.asleep();
    expect(ran()).toBe(2);
    await service.stop();
  });

  test("stops at once while it waits, and can be started again", async () => {
    const { service, time, ran } = aService([]);
    service.start();
    await time.asleep();
    await service.stop();
    time.wake();
    service.start();
    await time.asleep();
    expect(ran()).toBe(2);
    await service.stop();
  });
});
