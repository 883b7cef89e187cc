/** The data that the browser tests look at: a list with everything in it, and one run worth opening. */
import type { Seeder, StateType } from "./seed.ts";

export interface House {
  readonly etl: string;
  readonly failed: string;
  readonly subflow: string;
  readonly taskRun: string;
}

const FLOWS = ["sync-orders", "train-model", "nightly-report", "vacuum", "send-newsletter"];
const ENDS: StateType[] = ["COMPLETED", "COMPLETED", "COMPLETED", "FAILED", "CANCELLED", "COMPLETED", "CRASHED"];
const FILLERS = 30;

export async function seedHouse(seeder: Seeder): Promise<House> {
  await fillList(seeder);
  const failed = await seedFailed(seeder);
  const etl = await seedEtl(seeder);
  return { ...etl, failed };
}

async function fillList(seeder: Seeder): Promise<void> {
  for (let index = 0; index < FILLERS; index += 1) {
    const state = ENDS[index % ENDS.length] ?? "COMPLETED";
    await seeder.flowRun({
      flow: FLOWS[index % FLOWS.length] ?? "vacuum",
      name: `brave-heron-${index}`,
      state,
      startedAt: new Date(),
      tags: index % 3 === 0 ? ["nightly", "team-data"] : [],
      ...(state === "FAILED" ? { message: "Flow run encountered an exception: ValueError: no rows" } : {}),
    });
  }
  await seeder.flowRun({ flow: "vacuum", name: "waiting-wombat", state: "SCHEDULED", startedAt: new Date() });
}

async function seedFailed(seeder: Seeder): Promise<string> {
  const startedAt = new Date(Date.now() - 30_000);
  const message = "Flow run encountered an exception: ConnectionError: the warehouse at port 5432 did not answer";
  const id = await seeder.flowRun({
    flow: "nightly-report",
    name: "sour-pelican",
    state: "FAILED",
    message,
    startedAt,
  });
  await seeder.taskRuns(id, startedAt, [
    { name: "load-rows-a1b", state: "COMPLETED", from: 0.1, to: 2 },
    { name: "write-report-c2d", state: "FAILED", from: 2, to: 9, needs: ["load-rows-a1b"], message: "ConnectionError" },
  ]);
  await seeder.recorded(id, 2);
  return id;
}

async function seedEtl(seeder: Seeder): Promise<Omit<House, "failed">> {
  const startedAt = new Date(Date.now() - 20_000);
  const at = (seconds: number) => new Date(startedAt.getTime() + seconds * 1000);
  const parameters = { source: "https://example.org/flights.csv", limit: 200, airports: ["SEA", "JFK"] };
  const etl = await seeder.flowRun({
    flow: "etl",
    name: "golden-otter",
    state: "COMPLETED",
    tags: ["demo", "flights"],
    parameters,
    startedAt,
  });
  const airports = Array.from({ length: 40 }, (_, index) => ({
    name: `count-flights-${index.toString(16).padStart(3, "0")}`,
    state: (index === 17 ? "FAILED" : "COMPLETED") as StateType,
    from: 3 + index * 0.15,
    to: 4 + index * 0.15 + (index % 5) * 0.3,
    needs: ["validate-9f2"],
  }));
  const ids = await seeder.taskRuns(etl, startedAt, [
    { name: "extract-fe8", state: "COMPLETED", from: 0.1, to: 2.2 },
    { name: "validate-9f2", state: "COMPLETED", from: 2.25, to: 2.9, needs: ["extract-fe8"] },
    ...airports,
    { name: "lookup-77a", state: "COMPLETED", stateName: "Cached", from: 3, to: 3.01 },
    { name: "write-summary-0c1", state: "COMPLETED", from: 12, to: 12.8, needs: airports.map(({ name }) => name) },
  ]);
  await seeder.recorded(etl, airports.length + 4);
  const taskRun = ids.get("extract-fe8") ?? "";
  await seeder.logs(etl, [
    { message: "Beginning flow run 'golden-otter' for flow 'etl'", at: at(0) },
    { message: "Fetching https://example.org/flights.csv", at: at(0.2), taskRunId: taskRun },
    { message: "Source answered 503, retrying in 1 s", level: 30, at: at(0.8), taskRunId: taskRun },
    { message: "Traceback\n  File etl.ts, line 7\nValueError: airport code is empty", level: 40, at: at(6) },
    ...Array.from({ length: 300 }, (_, index) => ({ message: `Counted airport ${index}`, at: at(6.1 + index / 100) })),
    { message: "Finished in state Completed()", at: at(13) },
  ]);
  const subflow = await seedSubflow(seeder, etl);
  await seedArtifacts(seeder, etl);
  return { etl, subflow, taskRun };
}

async function seedSubflow(seeder: Seeder, parent: string): Promise<string> {
  const { id } = await seeder.call<{ id: string }>("POST", "/task_runs/", {
    flow_run_id: parent,
    task_key: "publish",
    dynamic_key: "0",
    name: "publish-0",
    state: { type: "PENDING" },
  });
  return seeder.flowRun({
    flow: "publish",
    name: "quiet-lynx",
    state: "COMPLETED",
    startedAt: new Date(),
    parentTaskRunId: id,
  });
}

async function seedArtifacts(seeder: Seeder, flowRunId: string): Promise<void> {
  const table = JSON.stringify([
    { airport: "SEA", flights: 812 },
    { airport: "JFK", flights: 1204 },
  ]);
  await seeder.artifact(flowRunId, {
    key: "flights-by-airport",
    type: "table",
    data: table,
    description: "Busiest first",
  });
  await seeder.artifact(flowRunId, { key: "progress", type: "progress", data: 75 });
  await seeder.artifact(flowRunId, {
    key: "source",
    type: "markdown",
    data: "[the data](https://example.org/flights)",
  });
}
