import type { Measurement } from "./measurement.ts";

const PER_CENT = 100;
const NAME_WIDTH = 48;

/** The figures in an output of npm run bench; the last one where a metric is there twice. */
export function readMeasurements(output: string): Measurement[] {
  const lines = output.split("\n").filter((line) => line.startsWith("{"));
  const byMetric = new Map(lines.map((line): [string, Measurement] => [nameIn(line), JSON.parse(line)]));
  return [...byMetric.values()];
}

/** One line a metric: the value, the ratio to the reference and the CPU time, each before and after. */
export function toDifferences(before: readonly Measurement[], after: readonly Measurement[]): string[] {
  const old = new Map(before.map((measurement) => [nameOf(measurement), measurement]));
  const changed = after.map((measurement) => {
    const name = nameOf(measurement);
    const previous = old.get(name);
    old.delete(name);
    const what = previous === undefined ? `new: ${measurement.value}` : difference(previous, measurement);
    return `${name.padEnd(NAME_WIDTH)} ${what} ${measurement.unit}`;
  });
  const gone = [...old.keys()].map((name) => `${name.padEnd(NAME_WIDTH)} gone`);
  return [...changed, ...gone];
}

function difference(before: Measurement, after: Measurement): string {
  const parts = [`${before.value} -> ${after.value} (${change(before.value, after.value)})`];
  if (before.cpu_ms !== undefined && after.cpu_ms !== undefined) {
    parts.push(`CPU ${before.cpu_ms} -> ${after.cpu_ms} ms (${change(before.cpu_ms, after.cpu_ms)})`);
  }
  if (before.ratio !== undefined && after.ratio !== undefined) parts.push(`ratio ${before.ratio} -> ${after.ratio}`);
  return parts.join(", ");
}

function change(before: number, after: number): string {
  const share = Math.round((after / before - 1) * PER_CENT);
  return `${share < 0 ? "" : "+"}${share} %`;
}

function nameOf({ scenario, metric }: Measurement): string {
  return `${scenario} ${metric}`;
}

function nameIn(line: string): string {
  return nameOf(JSON.parse(line));
}
