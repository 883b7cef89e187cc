/** Promise 5: from an empty disk to the first healthy answer, and what an idle server holds of the memory. */
import { processTreeUse } from "../harness/process-tree.ts";
import { type Scenario, scenario } from "../harness/scenario.ts";
import { startServer } from "../harness/server-process.ts";
import { median, rounded } from "../harness/statistics.ts";

const STARTS = 7;
const QUICK_STARTS = 5;
/** Long enough for every service to have had its first round. */
const IDLE_MS = 4000;

interface Start {
  readonly healthyAfterMs: number;
  readonly cpuMs: number | undefined;
}

await scenario("server-start", async (current) => {
  const reference = current.python && (await startOnce(current, current.python));
  const starts: Start[] = [];
  for (let round = 0; round < (current.isQuick ? QUICK_STARTS : STARTS); round += 1) {
    starts.push(await startOnce(current, undefined));
  }
  const cpuTimes = starts.flatMap(({ cpuMs }) => (cpuMs === undefined ? [] : [cpuMs]));
  current.report({
    metric: "first-healthy-answer",
    value: median(starts.map(({ healthyAfterMs }) => healthyAfterMs)),
    unit: "ms",
    reference: reference ? reference.healthyAfterMs : undefined,
    cpu_ms: cpuTimes.length > 0 ? median(cpuTimes) : undefined,
    details: { starts: starts.map(({ healthyAfterMs }) => Math.round(healthyAfterMs)) },
  });

  const idle = await idleRss(current, undefined);
  if (idle === undefined) return;
  const theirs = current.python && (await idleRss(current, current.python));
  current.report({ metric: "idle-rss", value: idle, unit: "MiB", ...(theirs ? { reference: rounded(theirs) } : {}) });
});

async function startOnce(current: Scenario, python: string | undefined): Promise<Start> {
  const server = await startServer(current, { python });
  const cpuMs = processTreeUse(server.pid)?.cpuMs;
  await server.stop();
  return { healthyAfterMs: server.healthyAfterMs, cpuMs };
}

async function idleRss(current: Scenario, python: string | undefined): Promise<number | undefined> {
  const server = await startServer(current, { python });
  await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
  const rss = processTreeUse(server.pid)?.rssMiB;
  await server.stop();
  return rss;
}
