import { PREFECT_VERSION } from "../../domain/emulation.ts";
import { newId } from "../../domain/ids.ts";
import { systemClock } from "../../platform/clock.ts";
import type { EventItem, ResourceLabels, RunScope } from "../companion/protocol.ts";
import type { FlowRun } from "../flow-run.ts";

/** What the events of a flow run's task runs say about where they happened. */
export function runScope(run: FlowRun): RunScope {
  return {
    flow_run_id: run.id,
    flow_run_run_count: run.runCount,
    related: [resource("flow-run", run.id, run.name), ...surroundings(run)],
  };
}

/** Says that a flow run is alive. */
export function heartbeat(run: FlowRun): EventItem {
  return {
    kind: "event",
    id: newId(),
    at: systemClock.now(),
    event: "prefect.flow-run.heartbeat",
    resource: {
      "prefect.resource.id": `prefect.flow-run.${run.id}`,
      "prefect.resource.name": run.name,
      "prefect.version": PREFECT_VERSION,
    },
    related: surroundings(run),
    payload: {},
  };
}

function surroundings(run: FlowRun): ResourceLabels[] {
  const related = [resource("flow", run.flowId, run.flowName)];
  if (run.deploymentId !== undefined) related.push(resource("deployment", run.deploymentId));
  for (const tag of [...run.tags].sort()) {
    related.push({ "prefect.resource.id": `prefect.tag.${tag}`, "prefect.resource.role": "tag" });
  }
  return related;
}

function resource(kind: string, id: string, name?: string): ResourceLabels {
  const labels = { "prefect.resource.id": `prefect.${kind}.${id}`, "prefect.resource.role": kind };
  return name === undefined ? labels : { ...labels, "prefect.resource.name": name };
}
