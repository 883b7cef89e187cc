/** Fills a server with runs over its public API, so that the same data can stand on ours and on Prefect's own. */
import { randomUUID } from "node:crypto";

export type StateType = "SCHEDULED" | "PENDING" | "RUNNING" | "COMPLETED" | "FAILED" | "CRASHED" | "CANCELLED";

export interface TaskRunSeed {
  readonly name: string;
  readonly id?: string;
  readonly state: StateType;
  readonly stateName?: string;
  readonly message?: string;
  /** Seconds since the run's own start. */
  readonly from: number;
  readonly to?: number;
  readonly needs?: readonly string[];
  readonly parentTaskRunId?: string;
}

export interface FlowRunSeed {
  readonly flow: string;
  readonly name: string;
  readonly state: StateType;
  readonly message?: string;
  readonly tags?: readonly string[];
  readonly parameters?: Record<string, unknown>;
  readonly startedAt: Date;
  readonly parentTaskRunId?: string;
}

export interface LogSeed {
  readonly message: string;
  readonly level?: number;
  readonly at: Date;
  readonly taskRunId?: string;
}

interface Created {
  readonly id: string;
}

const title = (state: StateType) => state.charAt(0) + state.slice(1).toLowerCase();
const EVENTS_AT_ONCE = 500;

export class Seeder {
  readonly apiUrl: string;
  private readonly flows = new Map<string, string>();

  constructor(apiUrl: string) {
    this.apiUrl = apiUrl;
  }

  async call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(this.apiUrl + path, {
      method,
      headers: { "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    // Prefect's own server has days on which SQLite is locked.
    if (response.status === 503) return this.call(method, path, body);
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 500)}`);
    return (text === "" ? undefined : JSON.parse(text)) as Answer;
  }

  async flow(name: string): Promise<string> {
    const known = this.flows.get(name);
    if (known !== undefined) return known;
    const { id } = await this.call<Created>("POST", "/flows/", { name });
    this.flows.set(name, id);
    return id;
  }

  /** A run that ends in the given state now; that it started at `startedAt` stands in its first states only. */
  async flowRun(seed: FlowRunSeed): Promise<string> {
    const { id } = await this.call<Created>("POST", "/flow_runs/", {
      flow_id: await this.flow(seed.flow),
      name: seed.name,
      tags: seed.tags ?? [],
      parameters: seed.parameters ?? {},
      ...(seed.parentTaskRunId === undefined ? {} : { parent_task_run_id: seed.parentTaskRunId }),
      state: { type: seed.state === "SCHEDULED" ? "SCHEDULED" : "PENDING" },
    });
    if (seed.state === "SCHEDULED" || seed.state === "PENDING") return id;
    await this.setState(id, "RUNNING");
    if (seed.state !== "RUNNING") await this.setState(id, seed.state, seed.message);
    return id;
  }

  async setState(id: string, type: StateType, message?: string): Promise<void> {
    const state = { type, name: title(type), ...(message === undefined ? {} : { message }) };
    await this.call("POST", `/flow_runs/${id}/set_state`, { state, force: true });
  }

  /** Task runs as engines record them: each state is an event. */
  async taskRuns(flowRunId: string, startedAt: Date, seeds: readonly TaskRunSeed[]): Promise<Map<string, string>> {
    const ids = new Map(seeds.map((seed) => [seed.name, seed.id ?? randomUUID()]));
    const events = seeds.flatMap((seed) => taskEvents(flowRunId, startedAt, seed, ids));
    for (let at = 0; at < events.length; at += EVENTS_AT_ONCE) {
      await this.call("POST", "/events", events.slice(at, at + EVENTS_AT_ONCE));
    }
    return ids;
  }

  async logs(flowRunId: string, seeds: readonly LogSeed[]): Promise<void> {
    const lines = seeds.map(({ message, level = 20, at, taskRunId }) => ({
      name: taskRunId === undefined ? "prefect.flow_runs" : "prefect.task_runs",
      level,
      message,
      timestamp: at.toISOString(),
      flow_run_id: flowRunId,
      ...(taskRunId === undefined ? {} : { task_run_id: taskRunId }),
    }));
    await this.call("POST", "/logs/", lines);
  }

  async artifact(flowRunId: string, artifact: Record<string, unknown>): Promise<void> {
    await this.call("POST", "/artifacts/", { flow_run_id: flowRunId, ...artifact });
  }

  /** Waits until the server has recorded that many task runs. */
  async recorded(flowRunId: string, count: number): Promise<void> {
    for (;;) {
      const found = await this.call<number>("POST", "/task_runs/count", {
        task_runs: { flow_run_id: { any_: [flowRunId] } },
      });
      if (found >= count) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

function taskEvents(flowRunId: string, startedAt: Date, seed: TaskRunSeed, ids: ReadonlyMap<string, string>) {
  const at = (seconds: number) => new Date(startedAt.getTime() + seconds * 1000).toISOString();
  const isFinal = seed.to !== undefined;
  const states: { type: StateType; name: string; at: string; from: StateType | null }[] = [
    { type: "PENDING", name: "Pending", at: at(seed.from - 0.001), from: null },
  ];
  if (seed.state !== "PENDING") states.push({ type: "RUNNING", name: "Running", at: at(seed.from), from: "PENDING" });
  if (isFinal) {
    const name = seed.stateName ?? title(seed.state);
    states.push({ type: seed.state, name, at: at(seed.to ?? 0), from: "RUNNING" });
  }
  const inputs = (seed.needs ?? []).map((name) => ({ input_type: "task_run", id: ids.get(name) ?? name }));
  return states.map((state) => ({
    id: randomUUID(),
    occurred: state.at,
    event: `prefect.task-run.${state.name}`,
    resource: {
      "prefect.resource.id": `prefect.task-run.${ids.get(seed.name)}`,
      "prefect.resource.name": seed.name,
      "prefect.run-count": "1",
      "prefect.state-message": state.type === seed.state ? (seed.message ?? "") : "",
      "prefect.state-name": state.name,
      "prefect.state-timestamp": state.at,
      "prefect.state-type": state.type,
      "prefect.orchestration": "client",
    },
    related: [{ "prefect.resource.id": `prefect.flow-run.${flowRunId}`, "prefect.resource.role": "flow-run" }],
    payload: {
      intended: { from: state.from, to: state.type },
      initial_state: state.from === null ? null : { type: state.from, name: title(state.from), message: "" },
      validated_state: {
        type: state.type,
        name: state.name,
        message: state.type === seed.state ? (seed.message ?? "") : "",
        state_details: {},
        data: null,
      },
      task_run: {
        name: seed.name,
        task_key: seed.name.replace(/-[0-9a-f]+$/, ""),
        dynamic_key: seed.name,
        empirical_policy: {},
        tags: [],
        labels: {},
        task_inputs: inputs.length === 0 ? {} : { data: inputs },
        run_count: state.type === "PENDING" ? 0 : 1,
        flow_run_run_count: 1,
        expected_start_time: at(seed.from),
        ...(state.type === "PENDING" ? {} : { start_time: at(seed.from) }),
        ...(state.type === seed.state && seed.to !== undefined
          ? { end_time: at(seed.to), total_run_time: seed.to - seed.from }
          : {}),
      },
    },
  }));
}
