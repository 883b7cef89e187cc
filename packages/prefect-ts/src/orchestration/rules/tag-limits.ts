import type { TaskRunRow } from "../../storage/tables.ts";

/** Limits on tags are limits with such names. */
export const TAG_LIMIT_PREFIX = "tag:";

export function tagLimitNames(run: Pick<TaskRunRow, "tags">): string[] {
  if (run.tags === "[]") return [];
  return [...new Set(JSON.parse(run.tags) as string[])].map((tag) => `${TAG_LIMIT_PREFIX}${tag}`);
}
