import type { RunContext } from "../context.ts";
import { FlowRun } from "../flow-run.ts";
import type { FlowSpec } from "../flow-spec.ts";
import { serializeParameters } from "../parameters.ts";
import { currentCompanion } from "../process-companion.ts";
import { currentSettings } from "../settings.ts";

/** Flows by name; who asks twice asks the server once. */
const flowIds = new WeakMap<object, Map<string, Promise<string>>>();

function flowId(name: string): Promise<string> {
  const { client } = currentCompanion();
  const known = flowIds.get(client) ?? new Map<string, Promise<string>>();
  flowIds.set(client, known);
  let id = known.get(name);
  if (id === undefined) {
    id = client.flows.create({ name }).then((flow) => flow.id);
    id.catch(() => known.delete(name));
    known.set(name, id);
  }
  return id;
}

/** Makes the run known to the server, as Pending. */
export async function createFlowRun(
  flow: FlowSpec,
  parameters: Readonly<Record<string, unknown>>,
  outer: RunContext,
  parentTaskRunId: string | undefined,
): Promise<FlowRun> {
  const settings = currentSettings();
  const { options } = flow;
  const defaultDelay = settings.get("PREFECT_FLOWS_DEFAULT_RETRY_DELAY_SECONDS");
  const delay = options.retryDelaySeconds ?? (typeof defaultDelay === "number" ? defaultDelay : (defaultDelay[0] ?? 0));
  const run = await currentCompanion().client.flow_runs.create({
    flow_id: await flowId(flow.name),
    flow_version: flow.version ?? null,
    parameters: serializeParameters(parameters),
    tags: [...outer.tags],
    state: { type: "PENDING", name: "Pending" },
    empirical_policy: {
      retries: options.retries ?? settings.get("PREFECT_FLOWS_DEFAULT_RETRIES"),
      retry_delay: Math.round(delay),
    },
    ...(parentTaskRunId === undefined ? {} : { parent_task_run_id: parentTaskRunId }),
  });
  return new FlowRun(run, flow.name);
}
