/** Runs COUNT empty flows, then COUNT empty subflows, and tells how long each took: empty-flows.mjs COUNT */
import { flow } from "prefect-ts";
import { cpuMs, tell } from "./result.mjs";

const count = Number(process.argv[2]);

const empty = flow({ name: "empty" }, async () => undefined);

async function measure() {
  const times = [];
  const cpuBefore = cpuMs();
  for (let done = 0; done < count; done += 1) {
    const startedAt = performance.now();
    await empty();
    times.push(performance.now() - startedAt);
  }
  return { times, cpu_ms: (cpuMs() - cpuBefore) / count };
}

const parent = flow({ name: "parent" }, measure);

await empty(); // the server starts, the code is compiled
tell({ flow: await measure(), subflow: await parent() });
