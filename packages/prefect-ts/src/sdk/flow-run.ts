import type { FlowRun as WireFlowRun } from "../domain/flow-runs.ts";
import { parseInstant } from "../domain/instant.ts";
import type { State as WireState } from "../domain/states.ts";
import { State } from "./states.ts";

/** A flow run as hooks and contexts see it. */
export class FlowRun {
  readonly id: string;
  name: string;
  readonly flowId: string;
  readonly flowName: string;
  readonly flowVersion: string | undefined;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly tags: readonly string[];
  readonly deploymentId: string | undefined;
  /** The task run of the parent flow that stands for this subflow run. */
  readonly parentTaskRunId: string | undefined;
  /** Attempts begun so far. */
  runCount: number;
  state: State;

  constructor(run: WireFlowRun, flowName: string) {
    this.id = run.id;
    this.name = run.name;
    this.flowId = run.flow_id;
    this.flowName = flowName;
    this.flowVersion = run.flow_version ?? undefined;
    this.parameters = run.parameters;
    this.tags = run.tags;
    this.deploymentId = run.deployment_id ?? undefined;
    this.parentTaskRunId = run.parent_task_run_id ?? undefined;
    this.runCount = run.run_count;
    this.state = run.state === null ? new State({ type: "PENDING" }) : stateFromWire(run.state);
  }
}

/** A state as a server answered it; `data` is what the server knows unless the caller knows better. */
export function stateFromWire(state: WireState, data: unknown = state.data): State {
  return new State({
    id: state.id,
    type: state.type,
    name: state.name ?? undefined,
    message: state.message ?? undefined,
    timestamp: parseInstant(state.timestamp),
    data,
    details: Object.fromEntries(Object.entries(state.state_details).filter(([, value]) => value !== null)),
  });
}
