/** Promise 6: what one server process answers over eight connections, on both databases, beside Prefect's own. */
import { countRuns, createFlow, createFlowRun, lifeCycle, logBatch, newestRuns } from "../harness/api-work.ts";
import { HttpConnection } from "../harness/http-connection.ts";
import { insistent, type LoadResult, runLoad, sender, serverFailures, type Unit } from "../harness/load.ts";
import { newPostgresDatabase } from "../harness/postgres.ts";
import { type Scenario, scenario } from "../harness/scenario.ts";
import { type ServerProcess, startServer } from "../harness/server-process.ts";
import { rounded } from "../harness/statistics.ts";

const CONNECTIONS = 8;
const SEEDED_RUNS = 60;
const SECONDS = 5;
const QUICK_SECONDS = 2;
/** Prefect's own answers some ten life cycles a second: fewer seconds would count too few. */
const REFERENCE_SECONDS = 4;
const DATABASES = ["sqlite", "postgres"] as const;

type Results = Map<string, LoadResult>;

await scenario("server-throughput", async (current) => {
  for (const database of DATABASES) {
    const results = await measure(current, database, undefined);
    if (results === undefined) continue;
    const reference = current.python && (await measure(current, database, current.python));
    for (const [work, result] of results) {
      report(current, `${database}-${work}`, result, reference ? reference.get(work) : undefined);
    }
    const failures = [...results.values()].reduce((sum, result) => sum + serverFailures(result), 0);
    if (failures > 0) throw new Error(`${failures} requests failed on ${database}; there must be none, ever`);
  }
});

async function measure(current: Scenario, database: string, python: string | undefined): Promise<Results | undefined> {
  const settings: Record<string, string> = {};
  if (database === "postgres") {
    const url = await newPostgresDatabase(current);
    if (url === undefined) return undefined;
    settings["PREFECT_API_DATABASE_CONNECTION_URL"] = url.replace("postgresql:", "postgresql+asyncpg:");
  }
  const server = await startServer(current, { python, settings });
  const seconds = python ? REFERENCE_SECONDS : current.isQuick ? QUICK_SECONDS : SECONDS;
  const results: Results = new Map();
  for (const [work, unit] of await prepare(server)) {
    results.set(work, await runLoad(server, { connections: CONNECTIONS, seconds, unit }));
  }
  await server.stop();
  return results;
}

/** The lists first, while either server holds the same runs. */
async function prepare(server: ServerProcess): Promise<[string, Unit][]> {
  const connection = new HttpConnection(server.port);
  const send = insistent(sender(connection));
  const flowId = await createFlow(send);
  let runId = "";
  for (let seeded = 0; seeded < SEEDED_RUNS; seeded += 1) {
    runId = await createFlowRun(send, flowId, { type: "COMPLETED" });
  }
  connection.close();
  return [
    ["count", countRuns],
    ["newest-runs", newestRuns],
    ["log-batches", logBatch(runId)],
    // Last: Prefect's own server may stay locked for a minute after them.
    ["life-cycles", lifeCycle(flowId)],
  ];
}

/** A reference that refuses more than it answers is no yardstick: its rate is shown, and ours judged by itself. */
function isFair({ answered, refused }: LoadResult): boolean {
  return answered > Object.values(refused).reduce((sum, count) => sum + count, 0);
}

function report(current: Scenario, metric: string, result: LoadResult, reference: LoadResult | undefined): void {
  current.report({
    metric,
    value: result.perSecond,
    unit: "1/s",
    reference: reference && isFair(reference) ? reference.perSecond : undefined,
    cpu_ms: result.cpuMs,
    details: {
      median_ms: result.medianMs,
      p99_ms: result.p99Ms,
      refused: result.refused,
      ...(metric.startsWith("postgres") ? { fsync: "off" } : { synchronous: "normal" }),
      ...(reference && {
        reference_per_second: rounded(reference.perSecond),
        reference_refused: reference.refused,
        reference_cpu_ms: reference.cpuMs,
      }),
    },
  });
}
