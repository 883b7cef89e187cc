/** What is left of a run when its process ends, in whatever way. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { getClient } from "./client.ts";
import { configureSdk } from "./configure.ts";

const SDK = new URL("../index.ts", import.meta.url).href;
const PACKAGE = fileURLToPath(new URL("../..", import.meta.url));
const TEST_MS = 60_000;

let home = "";
const children: ChildProcess[] = [];

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "prefect-ts-end-"));
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  await configureSdk();
  await rm(home, { recursive: true, force: true });
});

interface Program {
  readonly child: ChildProcess;
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** Resolves when the program has printed a line that begins so. */
  printed(start: string): Promise<string>;
}

async function start(source: string): Promise<Program> {
  const file = join(home, "program.mts");
  await writeFile(file, `import { flow, task, runtime } from ${JSON.stringify(SDK)};\n${source}`);
  const child = spawn(process.execPath, ["--import", "jiti/register", file], {
    cwd: PACKAGE,
    env: { ...process.env, PREFECT_HOME: home, PREFECT_LOGGING_LEVEL: "CRITICAL" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  let output = "";
  let errors = "";
  const waiting = new Set<() => void>();
  child.stdout?.on("data", (chunk) => {
    output += String(chunk);
    for (const look of waiting) look();
  });
  child.stderr?.on("data", (chunk) => {
    errors += String(chunk);
  });
  return {
    child,
    ended: new Promise((resolve) => child.once("close", (code, signal) => resolve({ code, signal }))),
    printed: (begin) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const line = output.split("\n").find((text) => text.startsWith(begin));
          if (line === undefined) return;
          waiting.delete(look);
          resolve(line);
        };
        waiting.add(look);
        child.once("close", () => reject(new Error(`ended without printing ${begin}: ${output} ${errors}`)));
        look();
      }),
  };
}

/** The newest run of a flow, with how many of its task runs ended in which state. */
async function left(flowName: string) {
  await configureSdk({ PREFECT_HOME: home, PREFECT_LOGGING_LEVEL: "CRITICAL" });
  const { flow_runs, task_runs } = getClient();
  const [run] = await flow_runs.filter({ flows: { name: { any_: [flowName] } }, limit: 1 });
  const completed = await task_runs.count({
    flow_runs: { id: { any_: run === undefined ? [] : [run.id] } },
    task_runs: { state: { type: { any_: ["COMPLETED"] } } },
  });
  return { state: run?.state, completed };
}

const TEN_THEN = `
const step = task({ name: "step" }, async () => undefined);
const work = flow({ name: "work" }, async () => {
  for (let i = 0; i < 10; i += 1) await step();
  AFTER
});
`;

describe("a process that ends in the middle of a flow", () => {
  test.each([
    { how: "process.exit", after: "process.exit(3);", code: 3, message: "Execution was aborted by process exit call." },
    {
      how: "an error that nobody catches",
      after: "setImmediate(() => { throw new Error('elsewhere'); }); await new Promise(() => {});",
      code: 1,
      message: "Execution was aborted by process exit call.",
    },
  ])("by $how leaves a crashed run and all its records", { timeout: TEST_MS }, async ({ after, code, message }) => {
    const program = await start(`${TEN_THEN.replace("AFTER", after)} await work();`);

    expect((await program.ended).code).toBe(code);

    const { state, completed } = await left("work");
    expect(state).toMatchObject({ type: "CRASHED", message });
    expect(completed).toBe(10);
  });

  test.each([
    { signal: "SIGTERM" as const, code: 143, message: "Execution was aborted by a termination signal." },
    { signal: "SIGINT" as const, code: 130, message: "Execution was aborted by an interrupt signal." },
  ])("by $signal too", { timeout: TEST_MS }, async ({ signal, code, message }) => {
    const program = await start(
      `${TEN_THEN.replace("AFTER", "console.log('waiting'); await new Promise((done) => setTimeout(done, 60_000));")} await work();`,
    );
    await program.printed("waiting");

    program.child.kill(signal);

    expect((await program.ended).code).toBe(code);
    const { state, completed } = await left("work");
    expect(state).toMatchObject({ type: "CRASHED", message });
    expect(completed).toBe(10);
  });

  test("by kill -9 leaves a database that opens and has all that was acknowledged", { timeout: TEST_MS }, async () => {
    const program = await start(`
      const step = task({ name: "step" }, async () => undefined);
      const first = flow({ name: "first" }, async () => { for (let i = 0; i < 50; i += 1) await step(); });
      const second = flow({ name: "second" }, async () => {
        for (let i = 1; i <= 10_000; i += 1) { await step(); if (i === 2_000) console.log("in the middle"); }
      });
      await first();
      await second();
    `);
    await program.printed("in the middle");

    program.child.kill("SIGKILL");

    expect((await program.ended).signal).toBe("SIGKILL");
    const first = await left("first");
    expect(first.state?.type).toBe("COMPLETED");
    expect(first.completed).toBe(50);
    const second = await left("second");
    expect(second.state?.type).toBe("RUNNING");
  });
});

test("a finished program ends by itself, with its last log line recorded", { timeout: TEST_MS }, async () => {
  const program = await start(
    `${TEN_THEN.replace("AFTER", "return runtime.flowRun.id;")} console.log("id", await work());`,
  );
  expect((await program.ended).code).toBe(0);
  expect(await left("work")).toMatchObject({ state: { type: "COMPLETED" }, completed: 10 });
});
