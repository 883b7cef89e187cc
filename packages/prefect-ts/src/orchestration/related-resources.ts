import type { EventResource } from "../domain/events.ts";
import type { CreatedBy } from "../domain/flow-runs.ts";
import { addSeconds, type Instant } from "../domain/instant.ts";
import type { Queryable } from "../storage/database.ts";
import {
  type FlowRunReferences,
  type FlowRunRelations,
  findFlowRunRelations,
} from "../storage/queries/flow-run-relations.ts";
import type { FlowRunRow, JsonText } from "../storage/tables.ts";

/** Names and tags of flows, deployments and queues hardly change, and one lifecycle asks for them three times. */
const REMEMBERED_SECONDS = 10;
const REMEMBERED = 1000;

interface Remembered {
  readonly relations: FlowRunRelations;
  readonly until: Instant;
}

const remembered = new WeakMap<object, Map<string, Remembered>>();

/** What the events of a flow run are related to: flow, deployment, queue, pool, parent task run, tags, creator. */
export async function relatedResources(
  db: Queryable,
  run: FlowRunRow,
  now: Instant,
): Promise<readonly EventResource[]> {
  const relations = await relationsOf(db, run, now);
  const resources: EventResource[] = [];
  const add = (kind: string, id: string | null, name: string | null | undefined, more: EventResource = {}) => {
    if (id === null || name == null) return;
    resources.push({
      "prefect.resource.id": `prefect.${kind}.${id}`,
      "prefect.resource.role": kind,
      "prefect.resource.name": name,
      ...more,
    });
  };
  add("flow", run.flow_id, relations?.flow_name);
  add("deployment", run.deployment_id, relations?.deployment_name);
  add("work-queue", run.work_queue_id, relations?.work_queue_name);
  add("work-pool", relations?.work_pool_id ?? null, relations?.work_pool_name, {
    "prefect.work-pool.type": relations?.work_pool_type ?? "",
  });
  add("task-run", run.parent_task_run_id, relations?.task_run_name);
  const tags = [run.tags, relations?.flow_tags, relations?.deployment_tags, relations?.task_run_tags];
  return [...resources, ...tagResources(tags), ...creatorResources(run.created_by)];
}

async function relationsOf(db: Queryable, run: FlowRunReferences, now: Instant): Promise<FlowRunRelations | undefined> {
  const known = remembered.get(db.identity) ?? new Map<string, Remembered>();
  remembered.set(db.identity, known);
  const key = `${run.flow_id} ${run.deployment_id} ${run.work_queue_id} ${run.parent_task_run_id}`;
  const hit = known.get(key);
  if (hit !== undefined && hit.until > now) return hit.relations;
  const relations = await findFlowRunRelations(db, run);
  if (relations === undefined) return undefined;
  if (known.size >= REMEMBERED) known.clear();
  known.set(key, { relations, until: addSeconds(now, REMEMBERED_SECONDS) });
  return relations;
}

function tagResources(lists: readonly (JsonText | null | undefined)[]): EventResource[] {
  const tags = new Set<string>();
  for (const list of lists) {
    if (list == null || list === "[]") continue;
    for (const tag of JSON.parse(list) as string[]) tags.add(tag);
  }
  return [...tags]
    .sort()
    .map((tag) => ({ "prefect.resource.id": `prefect.tag.${tag}`, "prefect.resource.role": "tag" }));
}

const CREATORS: Readonly<Record<string, string>> = { DEPLOYMENT: "deployment", AUTOMATION: "automation" };

function creatorResources(createdBy: JsonText | null): EventResource[] {
  if (createdBy === null) return [];
  const { id, type, display_value } = (JSON.parse(createdBy) ?? {}) as CreatedBy;
  const kind = CREATORS[type ?? ""];
  if (kind === undefined) return [];
  return [
    {
      "prefect.resource.id": `prefect.${kind}.${id}`,
      "prefect.resource.role": "creator",
      ...(display_value ? { "prefect.resource.name": display_value } : {}),
    },
  ];
}
