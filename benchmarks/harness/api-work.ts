/** Units of work through Prefect's API, the same for either server. */
import type { Send, Unit } from "./load.ts";

const LOG_LINES = 100;
const NEWEST_RUNS = 50;
const INFO = 20;

export async function createFlow(send: Send): Promise<string> {
  return idIn(await send("POST", "/api/flows/", { name: "bench" }));
}

export async function createFlowRun(send: Send, flowId: string, state = { type: "PENDING" }): Promise<string> {
  return idIn(await send("POST", "/api/flow_runs/", { flow_id: flowId, state }));
}

/** What any run costs: created, RUNNING, COMPLETED. */
export function lifeCycle(flowId: string): Unit {
  return async (send) => {
    const id = await createFlowRun(send, flowId);
    await setState(send, id, "RUNNING");
    await setState(send, id, "COMPLETED");
  };
}

export function logBatch(flowRunId: string): Unit {
  return async (send) => {
    const timestamp = new Date().toISOString();
    const line = { name: "prefect.flow_runs", level: INFO, message: "One of a hundred lines", timestamp };
    const lines = Array.from({ length: LOG_LINES }, () => ({ ...line, flow_run_id: flowRunId }));
    await send("POST", "/api/logs/", lines);
  };
}

export const newestRuns: Unit = async (send) => {
  const runs: unknown[] = JSON.parse(
    await send("POST", "/api/flow_runs/filter", { limit: NEWEST_RUNS, sort: "START_TIME_DESC" }),
  );
  if (runs.length !== NEWEST_RUNS) throw new Error(`asked for ${NEWEST_RUNS} runs, got ${runs.length}`);
};

export const countRuns: Unit = async (send) => {
  const count = Number(await send("POST", "/api/flow_runs/count", {}));
  if (!(count > 0)) throw new Error(`the number of runs is ${count}`);
};

export async function setState(send: Send, flowRunId: string, type: string): Promise<void> {
  const answer = await send("POST", `/api/flow_runs/${flowRunId}/set_state`, { state: { type }, force: false });
  if (!/"status": ?"ACCEPT"/.test(answer)) throw new Error(`${type} was not accepted: ${answer.slice(0, 500)}`);
}

/** The first id in a body is the object's own; a whole parse of each answer would cost as much as the server. */
function idIn(body: string): string {
  const id = /"id": ?"([0-9a-f-]{36})"/.exec(body)?.[1];
  if (id === undefined) throw new Error(`no id in ${body.slice(0, 500)}`);
  return id;
}
