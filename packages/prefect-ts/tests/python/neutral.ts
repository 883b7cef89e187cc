/**
 * What differs between two runs of the same program, replaced by what must not differ: ids by the order in which they
 * occur, times and durations by their form, generated names by their pattern. The rest stays to be compared.
 */
import type { Json } from "./api.ts";

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
/** Version 4 only: other 32 digits are hashes, which must be the same. */
const UUID_WITHOUT_HYPHENS = /\b[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}\b/g;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z$/;
const INSTANT_IN_TEXT = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(\+00:00|Z)?/g;
/** `extract-3f2`: a task run's default name ends in the start of its dynamic key. */
const TASK_RUN_SUFFIX = /^([a-z_]+)-[0-9a-f]{3}$/;
const SCRIPT_HOME = /\/[^ ]*\/prefect-ts-python-\w+/g;
const SLUG = /^[a-z]+-[a-z]+$/;
/** Why a proposal was refused is said in each server's own words. */
const WORDS = new Set(["reason"]);
const MEASURED = new Set([
  "total_run_time",
  "estimated_run_time",
  "estimated_start_time_delta",
  "sum_estimated_run_time",
  "sum_estimated_lateness",
]);

export function neutral(value: Json): Json {
  const labels = new Map<string, string>();
  const label = (id: string): string => {
    const known = labels.get(id) ?? `<id ${labels.size + 1}>`;
    labels.set(id, known);
    return known;
  };

  const visit = (item: Json, key: string): Json => {
    if (typeof item === "string") return WORDS.has(key) ? "<words>" : neutralText(item, key, label);
    if (typeof item === "number") return MEASURED.has(key) && item >= 0 ? "<seconds>" : item;
    if (Array.isArray(item)) return item.map((element) => visit(element, key));
    if (item === null || typeof item !== "object") return item;
    // Key by key in alphabetical order, or the order of keys would decide which id is the first.
    return Object.fromEntries(
      Object.keys(item)
        .sort()
        .map((name) => [visit(name, ""), visit(item[name] ?? null, name)]),
    );
  };
  return visit(value, "");
}

function neutralText(text: string, key: string, label: (id: string) => string): string {
  if (INSTANT.test(text)) return "<time>";
  if (key === "name" && SLUG.test(text)) return "<slug>";
  return text
    .replaceAll(UUID, label)
    .replaceAll(UUID_WITHOUT_HYPHENS, "<random>")
    .replaceAll(SCRIPT_HOME, "<home>")
    .replaceAll(INSTANT_IN_TEXT, "<time>")
    .replace(TASK_RUN_SUFFIX, "$1-<key>");
}
