import type { FlowRunContext, RunContext } from "../context.ts";
import { stateFromWire } from "../flow-run.ts";
import type { FlowSpec } from "../flow-spec.ts";
import { sourceHash } from "../function-source.ts";
import { currentCompanion } from "../process-companion.ts";
import type { State } from "../states.ts";
import { taskInputsOf } from "./task-inputs.ts";

const HASH_LENGTH = 8;

/** The place of a subflow run in its parent's graph. */
export interface SubflowPlace {
  /** The task run of the parent that stands for it and mirrors its states. */
  readonly taskRunId: string;
  /** How the same call ended in an earlier attempt of the parent. */
  readonly completed: State | undefined;
}

/**
 * Makes the task run that stands for a subflow. A parent that is retried calls its subflows again: one that completed
 * is not run again, any other is.
 */
export async function placeSubflow(
  flow: FlowSpec,
  parameters: Readonly<Record<string, unknown>>,
  parent: FlowRunContext,
  outer: RunContext,
): Promise<SubflowPlace> {
  const { client } = currentCompanion();
  const taskKey = `${flow.name}-${sourceHash(flow.fn).slice(0, HASH_LENGTH)}`;
  const call = parent.subflowCalls.get(taskKey) ?? 0;
  parent.subflowCalls.set(taskKey, call + 1);
  const parents = outer.taskRun === undefined ? {} : { __parents__: [taskRunInput(outer.taskRun.taskRun.id)] };
  const taskRun = await client.task_runs.create({
    name: `${flow.name}-${call}`,
    flow_run_id: parent.flowRun.id,
    task_key: taskKey,
    dynamic_key: String(call),
    task_version: flow.version ?? null,
    tags: [...outer.tags],
    task_inputs: { ...taskInputsOf(parameters, parent.flowRun.id, flow.options.waitFor), ...parents },
    state: { type: "PENDING", name: "Pending" },
  });
  return { taskRunId: taskRun.id, completed: await earlierResult(taskRun.id, parent) };
}

function taskRunInput(id: string) {
  return { input_type: "task_run" as const, id };
}

async function earlierResult(taskRunId: string, parent: FlowRunContext): Promise<State | undefined> {
  if (parent.flowRun.runCount <= 1) return undefined;
  const known = parent.subflowStates.get(taskRunId);
  if (known !== undefined) return known.isCompleted() ? known : undefined;
  const [run] = await currentCompanion().client.flow_runs.filter({
    flow_runs: { parent_task_run_id: { any_: [taskRunId] } },
    sort: "EXPECTED_START_TIME_DESC",
    limit: 1,
  });
  return run?.state?.type === "COMPLETED" ? stateFromWire(run.state) : undefined;
}
