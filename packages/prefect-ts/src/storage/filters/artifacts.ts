import type { ArtifactCollectionFilter, ArtifactFilter } from "../../domain/artifacts.ts";
import type { DialectName, Statement } from "../database.ts";
import { contains, isNull, joined, oneOf, texts } from "./criteria.ts";

export function artifactCondition(
  dialect: DialectName,
  table: "artifact" | "artifact_collection",
  filter: ArtifactFilter | ArtifactCollectionFilter,
): Statement {
  const { key, flow_run_id, task_run_id, type } = filter;
  const exists = key?.exists_;
  return joined(filter.operator, [
    ...("id" in filter ? oneOf(`${table}.id`, filter.id?.any_) : []),
    ...("latest_id" in filter ? oneOf(`${table}.latest_id`, filter.latest_id?.any_) : []),
    ...oneOf(`${table}.key`, key?.any_),
    ...contains(dialect, `${table}.key`, key?.like_),
    ...isNull(`${table}.key`, exists == null ? exists : !exists),
    ...oneOf(`${table}.flow_run_id`, flow_run_id?.any_),
    ...oneOf(`${table}.task_run_id`, task_run_id?.any_),
    ...texts(`${table}.type`, type),
  ]);
}
