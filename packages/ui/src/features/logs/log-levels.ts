/** The levels of Python's logging, which the wire speaks. */
export const logLevels = [
  { name: "debug", label: "Debug", value: 10 },
  { name: "info", label: "Info", value: 20 },
  { name: "warning", label: "Warning", value: 30 },
  { name: "error", label: "Error", value: 40 },
  { name: "critical", label: "Critical", value: 50 },
] as const;

/** The word for a level between two named ones is the lower one's. */
export function levelLabel(level: number): string {
  return logLevels.findLast(({ value }) => value <= level)?.label ?? "Trace";
}

export function levelValue(name: string | undefined): number | undefined {
  return logLevels.find((level) => level.name === name)?.value;
}

export function levelColor(level: number): string {
  if (level >= 50) return "text-crashed";
  if (level >= 40) return "text-failed";
  if (level >= 30) return "text-scheduled";
  return level < 20 ? "text-muted" : "text-soft";
}
