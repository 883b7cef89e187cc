/** The figures of design 1, by the metric that shows them. */

export interface Promised {
  /** The number of the promise in the design. */
  readonly number: number;
  /** Bounds of the value itself, on a quiet machine of two cores. */
  readonly at_most?: number;
  readonly at_least?: number;
  /** How many times better than the reference that was measured in the same run. */
  readonly ratio?: number;
}

/** Where the design names no ratio, it is that of its figure and the reference's beside it. */
export const PROMISES = {
  "awaited-task": { number: 1, at_most: 0.1, ratio: 60 },
  "durable-task": { number: 1, at_most: 0.6, ratio: 11 },
  "late-task-against-early": { number: 1, at_most: 1.2 },
  "rows-per-task": { number: 1, at_most: 8 },
  "bytes-per-task": { number: 1, at_most: 5000 },
  "flow-embedded": { number: 2, at_most: 3, ratio: 366 },
  "subflow-embedded": { number: 2, at_most: 3, ratio: 366 },
  "flow-over-http": { number: 2, at_most: 15, ratio: 81 },
  "subflow-over-http": { number: 2, at_most: 15, ratio: 81 },
  "map-peak-rss": { number: 3, at_most: 300 },
  "import-sdk": { number: 4, at_most: 60, ratio: 20 },
  "cli-version-option": { number: 4, at_most: 60, ratio: 19 },
  "cli-version-command": { number: 4, at_most: 60 },
  "cli-help": { number: 4, at_most: 100, ratio: 13 },
  "first-healthy-answer": { number: 5, at_most: 600, ratio: 16 },
  "idle-rss": { number: 5, at_most: 120 },
  "sqlite-life-cycles": { number: 6, at_least: 1000, ratio: 100 },
  "sqlite-log-batches": { number: 6, at_least: 760, ratio: 20 },
  "sqlite-newest-runs": { number: 6, at_least: 860, ratio: 20 },
  "sqlite-count": { number: 6, at_least: 2370, ratio: 10 },
  "postgres-life-cycles": { number: 6, at_least: 690, ratio: 30 },
  "postgres-log-batches": { number: 6, at_least: 420, ratio: 20 },
  "postgres-newest-runs": { number: 6, at_least: 920, ratio: 20 },
  "postgres-count": { number: 6, at_least: 2370, ratio: 10 },
} as const satisfies Record<string, Promised>;

export type PromisedMetric = keyof typeof PROMISES;

export function promiseOf(metric: string): Promised | undefined {
  return Object.hasOwn(PROMISES, metric) ? PROMISES[metric as PromisedMetric] : undefined;
}
