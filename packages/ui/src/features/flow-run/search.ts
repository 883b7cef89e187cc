/** What the reader of a run's page has chosen, as it stands in the URL. */
import { listOf, oneOf, textOf } from "../../lib/search-params.ts";

export const tabs = ["logs", "task-runs", "subflows", "artifacts", "states", "parameters"] as const;
export type Tab = (typeof tabs)[number];

export interface FlowRunSearch {
  tab?: Tab;
  /** Text in the tab: of a log line, of a task run's name. */
  q?: string;
  /** The lowest level of log lines. */
  level?: string;
  order?: "newest";
  /** States of task runs. */
  state?: string[];
}

export function parseFlowRunSearch(raw: Record<string, unknown>): FlowRunSearch {
  const tab = oneOf(raw["tab"], tabs);
  const q = textOf(raw["q"]);
  const level = textOf(raw["level"]);
  const order = oneOf(raw["order"], ["newest"] as const);
  const state = listOf(raw["state"]);
  return {
    ...(tab === undefined ? {} : { tab }),
    ...(q === undefined ? {} : { q }),
    ...(level === undefined ? {} : { level }),
    ...(order === undefined ? {} : { order }),
    ...(state === undefined ? {} : { state }),
  };
}
