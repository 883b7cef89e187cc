import type { SettingKind } from "../platform/settings/define.ts";
import { definitionOf, type SettingName } from "../platform/settings/table.ts";

export const HIDDEN_VALUE = "********";

/** A raw or a typed value as `config view` shows it: spelled as Prefect's CLI does, and readable again by `config set`. */
export function settingText(name: SettingName, value: unknown): string {
  const { kind } = definitionOf(name);
  if (typeof value === "string") return value;
  if (value === undefined || value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return numberText(kind, value);
  if (Array.isArray(value)) return value.join(",");
  return JSON.stringify(value);
}

function numberText(kind: SettingKind, value: number): string {
  if (kind === "duration") return durationText(value);
  return kind === "float" && Number.isInteger(value) ? `${value}.0` : String(value);
}

/** `7 days, 0:00:00`. */
function durationText(seconds: number): string {
  const days = Math.floor(seconds / 86_400);
  const rest = seconds - days * 86_400;
  const two = (part: number) => String(part).padStart(2, "0");
  const clock = `${Math.floor(rest / 3600)}:${two(Math.floor((rest % 3600) / 60))}:${two(rest % 60)}`;
  if (days === 0) return clock;
  return `${days} ${Math.abs(days) === 1 ? "day" : "days"}, ${clock}`;
}
