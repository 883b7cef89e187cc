/**
 * Expands a task run's transitions to the events that record it (`prefect.task-run.<StateName>`). The server derives
 * the row and its states from them alone, so each carries everything known of the run at that moment.
 */
import type { IncomingEvent } from "../../domain/events.ts";
import { addMs, formatInstant, type Instant, secondsBetween } from "../../domain/instant.ts";
import type { StateType } from "../../domain/states.ts";
import { isTerminal } from "../state-types.ts";
import type { ResourceLabels, TaskRunCreated, TaskRunTransition } from "./protocol.ts";

const MESSAGE_LIMIT = 100_000;
/** A follower further away than this is no longer put in order by the server. */
const FOLLOWS_WITHIN_MS = 5 * 60 * 1000;

interface StateSummary {
  type: StateType;
  name: string;
  message: string;
  state_details: Readonly<Record<string, unknown>>;
}

/** A task run between its creation and its end, as the thread remembers it. */
interface TrackedRun {
  readonly created: TaskRunCreated;
  name: string;
  run_count: number;
  total_run_time: number;
  expected_start_time: string;
  start_time: string | undefined;
  end_time: string | undefined;
  last: { readonly id: string; readonly at: Instant; readonly state: StateSummary } | undefined;
  related: ResourceLabels[] | undefined;
}

export interface TaskRunEvents {
  begin(created: TaskRunCreated): void;
  /** `undefined` for a run that never began. */
  advance(transition: TaskRunTransition): IncomingEvent | undefined;
}

export function createTaskRunEvents(): TaskRunEvents {
  const runs = new Map<string, TrackedRun>();
  return {
    begin(created) {
      runs.set(created.id, {
        created,
        name: created.name,
        run_count: 0,
        total_run_time: 0,
        expected_start_time: "",
        start_time: undefined,
        end_time: undefined,
        last: undefined,
        related: undefined,
      });
    },
    advance(transition) {
      const run = runs.get(transition.run);
      if (run === undefined) return undefined;
      const event = expand(run, transition);
      // An ended run moves again only by a rollback, which follows soon; most never do.
      if (isTerminal(transition.type)) runs.delete(transition.run);
      return event;
    },
  };
}

function expand(run: TrackedRun, transition: TaskRunTransition): IncomingEvent {
  const { created, last } = run;
  const { at, type, name } = transition;
  const occurred = formatInstant(at);
  applyTimes(run, transition, occurred);
  if (transition.run_name !== undefined) run.name = transition.run_name;

  const message = (transition.message ?? "").slice(0, MESSAGE_LIMIT);
  const state: StateSummary = { type, name, message, state_details: transition.details ?? {} };
  const follows = last !== undefined && at <= addMs(last.at, FOLLOWS_WITHIN_MS) ? last.id : null;
  run.related ??= relatedResources(created);
  const event: IncomingEvent = {
    occurred: at,
    event: `prefect.task-run.${name}`,
    resource: {
      "prefect.resource.id": `prefect.task-run.${created.id}`,
      "prefect.resource.name": run.name,
      "prefect.run-count": String(run.run_count),
      "prefect.state-message": message,
      "prefect.state-name": name,
      "prefect.state-timestamp": occurred,
      "prefect.state-type": type,
      "prefect.orchestration": "client",
    },
    related: run.related,
    payload: {
      intended: { from: last?.state.type ?? null, to: type },
      initial_state: last?.state ?? null,
      validated_state: { ...state, data: transition.data ?? null },
      task_run: taskRunFields(run),
    },
    id: transition.id,
    follows,
  };
  run.last = { id: transition.id, at, state };
  return event;
}

function applyTimes(run: TrackedRun, { at, type, details }: TaskRunTransition, occurred: string): void {
  const { last } = run;
  if (last?.state.type === "RUNNING") run.total_run_time += secondsBetween(last.at, at);
  if (last === undefined) {
    run.expected_start_time = typeof details?.["scheduled_time"] === "string" ? details["scheduled_time"] : occurred;
  }
  if (type === "RUNNING") {
    run.run_count += 1;
    run.start_time ??= occurred;
  }
  if (isTerminal(type)) {
    run.start_time ??= occurred;
    run.end_time = occurred;
  }
}

function taskRunFields(run: TrackedRun): Record<string, unknown> {
  const { created } = run;
  const { template, scope } = created;
  const fields: Record<string, unknown> = {
    name: run.name,
    task_key: template.task_key,
    dynamic_key: created.dynamic_key,
    empirical_policy: template.empirical_policy,
    tags: template.tags,
    labels: {},
    task_inputs: created.task_inputs,
    run_count: run.run_count,
    flow_run_run_count: run.run_count === 0 ? 0 : (scope?.flow_run_run_count ?? 0),
    expected_start_time: run.expected_start_time,
    total_run_time: Math.round(run.total_run_time * 1e6) / 1e6,
  };
  if (template.task_version !== undefined) fields["task_version"] = template.task_version;
  if (run.start_time !== undefined) fields["start_time"] = run.start_time;
  if (run.end_time !== undefined) fields["end_time"] = run.end_time;
  return fields;
}

function tagResource(tag: string): ResourceLabels {
  return { "prefect.resource.id": `prefect.tag.${tag}`, "prefect.resource.role": "tag" };
}

/** The run's tags, then what it ran in: flow run, enclosing task run, flow, deployment and their tags. */
function relatedResources({ template, scope, parent }: TaskRunCreated): ResourceLabels[] {
  if (template.tags.length === 0 && parent === undefined) return scope?.related ?? [];
  const related = [...template.tags].sort().map(tagResource);
  const known = new Set(template.tags.map((tag) => `prefect.tag.${tag}`));
  const add = (resource: ResourceLabels | undefined) => {
    const id = resource?.["prefect.resource.id"];
    if (resource === undefined || id === undefined || known.has(id)) return;
    known.add(id);
    related.push(resource);
  };
  const [flowRun, ...rest] = scope?.related ?? [];
  add(flowRun);
  if (parent !== undefined) {
    add({
      "prefect.resource.id": `prefect.task-run.${parent.id}`,
      "prefect.resource.role": "task-run",
      "prefect.resource.name": parent.name,
    });
  }
  rest.forEach(add);
  parent?.tags.forEach((tag) => {
    add(tagResource(tag));
  });
  return related;
}
