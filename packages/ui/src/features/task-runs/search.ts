import { oneOf, textOf } from "../../lib/search-params.ts";

export const taskRunTabs = ["logs", "states", "inputs"] as const;
export type TaskRunTab = (typeof taskRunTabs)[number];

export interface TaskRunSearch {
  tab?: TaskRunTab;
  q?: string;
  level?: string;
  order?: "newest";
}

export function parseTaskRunSearch(raw: Record<string, unknown>): TaskRunSearch {
  const tab = oneOf(raw["tab"], taskRunTabs);
  const q = textOf(raw["q"]);
  const level = textOf(raw["level"]);
  const order = oneOf(raw["order"], ["newest"] as const);
  return {
    ...(tab === undefined ? {} : { tab }),
    ...(q === undefined ? {} : { q }),
    ...(level === undefined ? {} : { level }),
    ...(order === undefined ? {} : { order }),
  };
}
