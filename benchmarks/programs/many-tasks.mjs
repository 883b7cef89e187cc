/** Awaits COUNT no-op tasks one after the other in one flow: many-tasks.mjs COUNT [durable] */
import { flow, task } from "prefect-ts";
import { cpuMs, tell } from "./result.mjs";

const WINDOW = 1000;
const count = Number(process.argv[2]);
const isDurable = process.argv[3] === "durable";

const nothing = task({ name: "nothing" }, async () => undefined);
const windows = [];

const many = flow({ name: "many-tasks", ...(isDurable ? { durable: true } : {}) }, async () => {
  let windowStartedAt = performance.now();
  let windowCpu = cpuMs();
  for (let done = 1; done <= count; done += 1) {
    await nothing();
    if (done % WINDOW !== 0) continue;
    windows.push({ ms: performance.now() - windowStartedAt, cpu_ms: cpuMs() - windowCpu });
    windowStartedAt = performance.now();
    windowCpu = cpuMs();
  }
});

const warmUp = flow({ name: "warm-up" }, async () => undefined);

await warmUp(); // the server starts
const startedAt = performance.now();
const cpuBefore = cpuMs();
await many();
tell({ ms: performance.now() - startedAt, cpu_ms: cpuMs() - cpuBefore, windows });
