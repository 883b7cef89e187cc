import { describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { useSdkHome } from "../testing/sdk-home.ts";
import { allowFailure, unmapped } from "./annotations.ts";
import { getClient } from "./client.ts";
import { getRunContext } from "./context.ts";
import { flow } from "./flow.ts";
import { asCompleted, wait } from "./futures.ts";
import { getRunLogger } from "./run-logger.ts";
import { runtime } from "./runtime.ts";
import { withTags } from "./tags.ts";
import { task } from "./task.ts";
import { ConcurrentTaskRunner } from "./task-runners.ts";

useSdkHome({ PREFECT_LOGGING_LEVEL: "INFO" });

const double = task({ name: "double" }, async (n: number) => n * 2);
const boxed = task({ name: "boxed" }, async (n: number) => ({ n }));
const unbox = task({ name: "unbox" }, async (box: { n: number }) => box.n);
const broken = task({ name: "broken" }, async (_: number): Promise<number> => {
  throw new Error("broken on purpose");
});

/** Runs a flow and gives its run as the server has it, whatever became of it. */
async function recorded(id: string) {
  const { flow_runs, flow_run_states, task_runs } = getClient();
  const run = await flow_runs.get({ id });
  const states = await flow_run_states.list({ flow_run_id: id });
  const tasks = await task_runs.filter({ flow_runs: { id: { any_: [id] } }, sort: "EXPECTED_START_TIME_ASC" });
  const inOrder = states.toSorted((a, b) => a.timestamp.localeCompare(b.timestamp));
  return { run, states: inOrder.map(({ name }) => name), tasks };
}

function ownId(): string {
  const { id } = runtime.flowRun;
  if (id === undefined) throw new Error("not in a flow run");
  return id;
}

describe("a flow", () => {
  test("gives its result, and is recorded when it returns", async () => {
    const sum = flow({ name: "sum" }, async (a: number, b: number) => {
      await double(a);
      return { id: ownId(), total: a + b };
    });

    const { id, total } = await withTags(["nightly"], () => sum(1, 2));

    expect(total).toBe(3);
    const { run, states, tasks } = await recorded(id);
    expect(states).toEqual(["Pending", "Running", "Completed"]);
    expect(run).toMatchObject({ parameters: { a: 1, b: 2 }, run_count: 1, tags: ["nightly"], state_type: "COMPLETED" });
    expect(run.name).toMatch(/^[a-z]+-[a-z]+$/);
    expect(run.flow_version).toMatch(/^[0-9a-f]{32}$/);
    expect(tasks.map(({ state_name }) => state_name)).toEqual(["Completed"]);
    expect(tasks[0]?.name).toMatch(/^double-[0-9a-f]{3}$/);
  });

  test("takes named parameters by a schema, with its defaults", async () => {
    const greet = flow(
      {
        name: "greet",
        parameters: z.object({ name: z.string(), excited: z.boolean().default(true) }),
        flowRunName: "greet-{name}",
      },
      async ({ name, excited }) => ({ text: `Hello, ${name}${excited ? "!" : "."}`, runName: runtime.flowRun.name }),
    );
    expect(await greet({ name: "Ada" })).toEqual({ text: "Hello, Ada!", runName: "greet-Ada" });
  });

  test("fails when its schema refuses the parameters, and never runs", async () => {
    const run = vi.fn(async () => 1);
    const strict = flow({ name: "strict", parameters: z.object({ n: z.number() }) }, run);
    const wrong: object = { n: "x" };

    const state = await strict.state(wrong as { n: number });

    expect(state.isFailed()).toBe(true);
    expect(state.message).toMatch(/^Validation of flow parameters failed with error: ParameterTypeError: .*\n - n: /);
    expect(run).not.toHaveBeenCalled();
  });

  test("is retried by the server's decision", async () => {
    let attempts = 0;
    const flaky = flow({ name: "flaky", retries: 1 }, async () => {
      attempts += 1;
      if (attempts === 1) throw new Error("once");
      return ownId();
    });

    const { states, run } = await recorded(await flaky());

    expect(states).toEqual(["Pending", "Running", "AwaitingRetry", "Running", "Completed"]);
    expect(run.run_count).toBe(2);
  });

  test("fails in time, and its code is told", async () => {
    const aborted = vi.fn();
    const endless = flow({ name: "endless", timeoutSeconds: 0.02 }, async () => {
      getRunContext().signal.addEventListener("abort", aborted);
      await new Promise(() => undefined);
    });
    const state = await endless.state();
    expect(`${state}`).toBe("TimedOut('Flow run exceeded timeout of 0.02 second(s)', type=FAILED)");
    expect(aborted).toHaveBeenCalledOnce();
  });

  test("runs its hooks on the state it enters", async () => {
    const seen: string[] = [];
    const hooked = flow(
      {
        name: "hooked",
        onRunning: [(_flow, _run, state) => seen.push(state.name)],
        onFailure: [
          () => {
            throw new Error("a hook that fails harms nobody");
          },
          (_flow, run, state) => seen.push(`${state.name} after ${run.runCount}`),
        ],
        onCompletion: [() => seen.push("never")],
      },
      async () => {
        throw new Error("no");
      },
    );
    await hooked.state();
    expect(seen).toEqual(["Running", "Failed after 1"]);
  });

  test("that returns futures ends as they do", async () => {
    const mixed = flow({ name: "mixed" }, async () => [double.submit(1), broken.submit(2)]);
    expect(`${await mixed.state()}`).toBe("Failed('1/2 states failed.')");
    const fine = flow({ name: "fine" }, async () => [double.submit(1), double.submit(2)]);
    expect(`${await fine.state()}`).toBe("Completed('All states completed.')");
  });
});

describe("submitted tasks", () => {
  test("depend on what they are given, also by identity", async () => {
    const chained = flow({ name: "chained" }, async () => {
      const box = await boxed(3);
      const future = unbox.submit(box);
      const last = double.submit(future);
      return { id: ownId(), result: await last.result(), upstream: future.taskRunId };
    });

    const { id, result, upstream } = await chained();

    expect(result).toBe(6);
    const { tasks } = await recorded(id);
    const byName = new Map(tasks.map((run) => [run.name.slice(0, run.name.lastIndexOf("-")), run]));
    const box = byName.get("boxed");
    expect(byName.get("unbox")?.task_inputs).toEqual({ box: [{ input_type: "task_run", id: box?.id }] });
    expect(byName.get("double")?.task_inputs).toEqual({ n: [{ input_type: "task_run", id: upstream }] });
  });

  test("do not begin when an upstream run failed, unless that is allowed", async () => {
    const describeError = task({ name: "describe" }, async (value: unknown) => String(value));
    const guarded = flow({ name: "guarded" }, async () => {
      const failed = broken.submit(1);
      const stuck = await double.state(failed);
      const allowed = await describeError(allowFailure(failed));
      return { stuck: `${stuck}`, allowed, id: failed.taskRunId };
    });
    const { stuck, allowed, id } = await guarded();
    expect(stuck).toBe(`NotReady('Upstream task run '${id}' did not reach a 'COMPLETED' state.', type=PENDING)`);
    expect(allowed).toBe("Error: broken on purpose");
  });

  test("run over lists in step", async () => {
    const add = task({ name: "add" }, async (a: number, b: number) => a + b);
    const mapped = flow({ name: "mapped" }, async () => add.map([1, 2, 3], unmapped(10)).result());
    expect(await mapped()).toEqual([11, 12, 13]);
    const uneven = flow({ name: "uneven" }, async () => add.map([1, 2], [1]).result());
    await expect(uneven()).rejects.toThrow('Got lengths: {"a":2,"b":1}');
  });

  test("run no more at a time than there are workers", async () => {
    let running = 0;
    let most = 0;
    const busy = task({ name: "busy" }, async (_: number) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
    });
    const limited = flow({ name: "limited", taskRunner: new ConcurrentTaskRunner({ maxWorkers: 2 }) }, async () => {
      await busy.map([1, 2, 3, 4, 5, 6]).wait();
    });
    await limited();
    expect(most).toBe(2);
  });

  test("that wait for tasks of their own do not block a full runner", async () => {
    const parent = task({ name: "parent" }, async (n: number) => double.submit(n).result());
    const nested = flow({ name: "nested", taskRunner: new ConcurrentTaskRunner({ maxWorkers: 1 }) }, async () => {
      const result = await parent.submit(4).result();
      return { id: ownId(), result };
    });
    const { id, result } = await nested();
    expect(result).toBe(8);
    const { tasks } = await recorded(id);
    const outer = tasks.find(({ name }) => name.startsWith("parent-"));
    const inner = tasks.find(({ name }) => name.startsWith("double-"));
    expect(inner?.task_inputs["__parents__"]).toEqual([{ input_type: "task_run", id: outer?.id }]);
  });

  test("come back in the order of their ends", async () => {
    const release: (() => void)[] = [];
    const gated = task({ name: "gated" }, async (n: number) => {
      await new Promise<void>((resolve) => {
        release[n] = resolve;
      });
      return n;
    });
    const ordered = flow({ name: "ordered" }, async () => {
      const futures = gated.map([0, 1]);
      await vi.waitUntil(() => release.length === 2);
      release[1]?.();
      const first = await wait(futures, { timeoutSeconds: 0.05 });
      release[0]?.();
      const results: number[] = [];
      for await (const future of asCompleted(futures)) results.push(await future.result());
      return { done: first.done.length, results: results.toSorted() };
    });
    expect(await ordered()).toEqual({ done: 1, results: [0, 1] });
  });

  test("outside of flows say what to do", () => {
    expect(() => double.submit(1)).toThrow("Call the task itself, or submit it inside a flow.");
  });
});

describe("a subflow", () => {
  test("has a place in its parent's graph", async () => {
    const child = flow({ name: "child" }, async (n: number) => {
      await double(n);
      return ownId();
    });
    const parent = flow({ name: "parent" }, async () => ({ parent: ownId(), child: await child(5) }));

    const ids = await parent();

    const { tasks } = await recorded(ids.parent);
    const [tracking] = tasks;
    expect(tracking).toMatchObject({ name: "child-0", state_type: "COMPLETED" });
    expect(tracking?.state?.state_details.child_flow_run_id).toBe(ids.child);
    expect((await recorded(ids.child)).run.parent_task_run_id).toBe(tracking?.id);
  });

  test("that completed is not run again when its parent is retried", async () => {
    const work = vi.fn(async () => ({ done: true }));
    const child = flow({ name: "once-child" }, work);
    let attempts = 0;
    const parent = flow({ name: "retrying-parent", retries: 1 }, async () => {
      const result = await child();
      attempts += 1;
      if (attempts === 1) throw new Error("after the child");
      return result;
    });
    expect(await parent()).toEqual({ done: true });
    expect(work).toHaveBeenCalledOnce();
  });

  test("that fails need not fail its parent", async () => {
    const child = flow({ name: "failing-child" }, async () => {
      throw new Error("child");
    });
    const parent = flow({ name: "tolerant" }, async () => (await child.state()).name);
    expect(await parent()).toBe("Failed");
  });
});

describe("logs", () => {
  test("reach the server with their run and level", async () => {
    const noisy = flow({ name: "noisy", logPrints: true }, async () => {
      getRunLogger().warn("%d of %d", 1, 2);
      console.log("printed", { deep: [1] });
      return ownId();
    });
    const id = await noisy();
    const logs = await getClient().logs.filter({ logs: { flow_run_id: { any_: [id] } }, sort: "TIMESTAMP_ASC" });
    const lines = logs.map(({ level, message }) => [level, message]);
    expect(lines).toContainEqual([30, "1 of 2"]);
    expect(lines).toContainEqual([20, "printed { deep: [ 1 ] }"]);
    expect(lines.at(0)?.[1]).toMatch(/^Beginning flow run '[a-z-]+' for flow 'noisy'$/);
    expect(lines.at(-1)).toEqual([20, "Finished in state Completed()"]);
  });
});
