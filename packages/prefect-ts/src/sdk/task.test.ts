import { describe, expect, test, vi } from "vitest";
import { useSdkHome } from "../testing/sdk-home.ts";
import { INPUTS, taskInputHash } from "./cache-policies.ts";
import { getClient } from "./client.ts";
import { getRunContext } from "./context.ts";
import { InvalidOptionError, SerializationError, TaskRunTimeoutError } from "./exceptions.ts";
import { currentCompanion } from "./process-companion.ts";
import { exponentialBackoff } from "./retries.ts";
import { Completed, Failed } from "./states.ts";
import { withTags } from "./tags.ts";
import { task } from "./task.ts";

useSdkHome();

/** The newest task run of a name, and its states in order, as the server has them. */
async function recorded(name: string) {
  await currentCompanion().flush();
  const { task_runs, task_run_states } = getClient();
  const [run] = await task_runs.filter({
    task_runs: { name: { like_: name }, flow_run_id: { is_null_: true } },
    sort: "EXPECTED_START_TIME_DESC",
    limit: 1,
  });
  if (run === undefined) throw new Error(`no task run like ${name}`);
  const states = await task_run_states.list({ task_run_id: run.id });
  const inOrder = states.toSorted((a, b) => a.timestamp.localeCompare(b.timestamp));
  return { run, states: inOrder.map((state) => state.name) };
}

describe("a task outside of flows", () => {
  test("gives its result and is recorded", async () => {
    const add = task({ name: "add", tags: ["math"] }, async (a: number, b: number) => a + b);

    expect(await add(1, 2)).toBe(3);

    const { run, states } = await recorded("add");
    expect(states).toEqual(["Pending", "Running", "Completed"]);
    expect(run).toMatchObject({ name: "add", run_count: 1, tags: ["math"], state_type: "COMPLETED" });
    expect(run.task_inputs).toEqual({ a: [], b: [] });
  });

  test("keeps its function free of runs", () => {
    expect(task({ name: "plain" }, (x: number) => x * 2).fn(4)).toBe(8);
  });

  test("takes tags from around the call", async () => {
    const tagged = task({ name: "tagged", tags: ["own"] }, async () => 1);
    await withTags(["around"], () => tagged());
    expect((await recorded("tagged")).run.tags.toSorted()).toEqual(["around", "own"]);
  });
});

describe("a task that fails", () => {
  test.each([
    { thrown: new TypeError("no"), message: "Task run encountered an exception TypeError: no" },
    { thrown: "just text", message: "Task run encountered an exception string: 'just text'" },
    { thrown: undefined, message: "Task run encountered an exception undefined: undefined" },
  ])("by throwing $thrown says so in its state", async ({ thrown, message }) => {
    const broken = task({ name: "broken" }, async () => {
      throw thrown;
    });

    const state = await broken.state();

    expect(state.isFailed()).toBe(true);
    expect(state.message).toBe(message);
    expect(await state.result({ raiseOnFailure: false })).toBe(thrown);
  });

  test("synchronously is no different", async () => {
    const broken = task({ name: "sync-broken" }, (): number => {
      throw new RangeError("at once");
    });
    await expect(broken()).rejects.toThrow(RangeError);
  });

  test("is retried, and each attempt is recorded", async () => {
    let calls = 0;
    const flaky = task({ name: "flaky", retries: 2 }, async () => {
      calls += 1;
      if (calls < 3) throw new Error("not yet");
      return calls;
    });

    expect(await flaky()).toBe(3);

    const { run, states } = await recorded("flaky");
    expect(states).toEqual(["Pending", "Running", "Retrying", "Retrying", "Completed"]);
    expect(run.run_count).toBe(3);
  });

  test("waits before a retry when there is a delay", async () => {
    let calls = 0;
    const slow = task({ name: "slow", retries: 1, retryDelaySeconds: exponentialBackoff(0.01) }, async () => {
      calls += 1;
      if (calls === 1) throw new Error("once");
    });
    await slow();
    expect((await recorded("slow")).states).toEqual(["Pending", "Running", "AwaitingRetry", "Retrying", "Completed"]);
  });

  test("is not retried when its condition says no", async () => {
    const run = vi.fn(async () => {
      throw new Error("final");
    });
    const once = task({ name: "once", retries: 3, retryConditionFn: () => false }, run);
    await expect(once()).rejects.toThrow("final");
    expect(run).toHaveBeenCalledTimes(1);
  });

  test("by taking too long is told by its signal", async () => {
    let reason: unknown;
    const endless = task({ name: "endless", timeoutSeconds: 0.02 }, async () => {
      const { signal } = getRunContext();
      await new Promise<void>((resolve) => {
        signal.addEventListener("abort", () => {
          reason = signal.reason;
          resolve();
        });
      });
    });

    const state = await endless.state();

    expect(`${state}`).toBe("TimedOut('Task run exceeded timeout of 0.02 second(s)', type=FAILED)");
    expect(reason).toBeInstanceOf(TaskRunTimeoutError);
  });
});

describe("what a task returns", () => {
  test("may be a state, which ends the run", async () => {
    const skipped = task({ name: "skipped" }, async () => Completed({ name: "Skipped", message: "nothing to do" }));
    expect(`${await skipped.state()}`).toBe("Skipped('nothing to do', type=COMPLETED)");
    const failed = task({ name: "failed" }, async () => Failed({ message: "by choice" }));
    await expect(failed()).rejects.toThrow("by choice");
  });

  test("may be cyclic as long as it is not stored", async () => {
    const cycle: { self?: unknown } = {};
    cycle.self = cycle;
    expect(await task({ name: "cyclic" }, async () => cycle)()).toBe(cycle);
    // A result that cannot be stored is a warning, not a failure.
    expect(await task({ name: "cyclic-stored", persistResult: true }, async () => cycle)()).toBe(cycle);
    expect(SerializationError).toBeDefined();
  });
});

describe("a cached task", () => {
  test("runs once for equal inputs", async () => {
    const double = vi.fn(async ({ n }: { n: number }) => n * 2);
    const cached = task({ name: "double", cacheKeyFn: taskInputHash }, double);

    expect(await cached({ n: 2 })).toBe(4);
    expect((await cached.state({ n: 2 })).name).toBe("Cached");
    expect(await cached({ n: 3 })).toBe(6);

    expect(double).toHaveBeenCalledTimes(2);
    expect((await recorded("double")).states).toEqual(["Pending", "Running", "Completed"]);
  });

  test("runs again after its expiration", async () => {
    const now = vi.fn(async () => 1);
    const cached = task(
      { name: "short-lived", cachePolicy: INPUTS, cacheExpiration: { milliseconds: 1 } },
      (_: string) => now(),
    );
    await cached("x");
    const before = performance.now();
    await vi.waitUntil(() => performance.now() - before > 2);
    await cached("x");
    expect(now).toHaveBeenCalledTimes(2);
  });

  test("leaves out what its policy leaves out", async () => {
    const run = vi.fn(async (_page: number, _debug: boolean) => 1);
    const cached = task({ name: "paged", cachePolicy: INPUTS.minus("arg1", "_debug") }, run.bind(undefined));
    await cached(1, true);
    await cached(1, false);
    expect(run).toHaveBeenCalledTimes(1);
  });
});

describe("options", () => {
  test("have their names checked", () => {
    const options: object = { retry: 3 };
    expect(() => task(options, async () => 1)).toThrow(
      new InvalidOptionError("task() has no option 'retry'. Did you mean 'retries'?"),
    );
  });

  test("may be spelled as in Python", async () => {
    let calls = 0;
    const options: object = { name: "snake", retries: 1, retry_delay_seconds: 0 };
    const snake = task(options, async () => {
      calls += 1;
      if (calls === 1) throw new Error("once");
    });
    await snake();
    expect(calls).toBe(2);
  });

  test("say what is wrong with them", () => {
    expect(() => task({ retries: -1 }, async () => 1)).toThrow(
      "'retries' must be a whole number of at least 0; got -1.",
    );
    expect(() => task({ retries: 60, retryDelaySeconds: Array(51).fill(1) }, async () => 1)).toThrow("more than 50");
  });
});
