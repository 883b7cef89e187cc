/** Fifty clients write and read one SQLite at once: nothing fails, nothing is locked, nothing acknowledged is lost. */
import { countRuns, createFlow, createFlowRun, logBatch, newestRuns, setState } from "../harness/api-work.ts";
import { HttpConnection } from "../harness/http-connection.ts";
import { runLoad, type Send, sender, serverFailures, type Unit } from "../harness/load.ts";
import { scenario } from "../harness/scenario.ts";
import { startServer } from "../harness/server-process.ts";

const CLIENTS = 50;
const SECONDS = 60;
const QUICK_SECONDS = 10;
const SEEDED_RUNS = 50;

await scenario("sqlite-50-clients", async (current) => {
  const settings = { PREFECT_LOGGING_LEVEL: "DEBUG", PREFECT_SERVER_LOGGING_LEVEL: "DEBUG" };
  const server = await startServer(current, { settings });
  const send = sender(new HttpConnection(server.port));
  const flowId = await createFlow(send);
  for (let seeded = 0; seeded < SEEDED_RUNS; seeded += 1) await createFlowRun(send, flowId);

  let acknowledged = 0;
  const unit = everything(flowId, () => {
    acknowledged += 1;
  });
  const result = await runLoad(server, {
    connections: CLIENTS,
    seconds: current.isQuick ? QUICK_SECONDS : SECONDS,
    unit,
  });

  const completed = await countCompleted(send);
  const lines = server.output().split("\n");
  const locked = lines.filter((line) => /locked|busy/i.test(line));
  current.report({
    metric: "fifty-clients",
    value: result.perSecond,
    unit: "rounds/s",
    cpu_ms: result.cpuMs,
    details: {
      clients: CLIENTS,
      failures: serverFailures(result),
      refused: result.refused,
      locked_lines: locked.length,
      median_ms: result.medianMs,
      p99_ms: result.p99Ms,
      acknowledged,
      recorded: completed,
    },
  });
  if (result.answered === 0) throw new Error("not one round was answered");
  if (Object.keys(result.refused).length > 0) throw new Error(`refused: ${JSON.stringify(result.refused)}`);
  if (locked.length > 0) throw new Error(`the server's output says locked:\n${locked.slice(0, 5).join("\n")}`);
  if (completed !== acknowledged)
    throw new Error(`${acknowledged} runs were completed, ${completed} are recorded as such`);
});

/** A run from its creation to its end, with a hundred log lines and what its dashboard would ask meanwhile. */
function everything(flowId: string, onCompleted: () => void): Unit {
  return async (send) => {
    const id = await createFlowRun(send, flowId);
    await setState(send, id, "RUNNING");
    await logBatch(id)(send);
    await newestRuns(send);
    await countRuns(send);
    await setState(send, id, "COMPLETED");
    onCompleted();
  };
}

async function countCompleted(send: Send): Promise<number> {
  const filter = { flow_runs: { state: { type: { any_: ["COMPLETED"] } } } };
  return Number(await send("POST", "/api/flow_runs/count", filter));
}
