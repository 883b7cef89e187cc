import { cpus, loadavg, totalmem } from "node:os";
import { type Promised, promiseOf } from "./promises.ts";
import { rounded } from "./statistics.ts";
import { judge, ratioTo, type Verdict } from "./verdict.ts";

/** What a scenario found out. */
export interface Finding {
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  /** The same of Prefect's own, in the same run. */
  readonly reference?: number | undefined;
  /** CPU time of all threads per unit of work, in milliseconds; steadier than the clock on a busy machine. */
  readonly cpu_ms?: number | undefined;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** One line of a benchmark's output. */
export interface Measurement extends Finding {
  readonly scenario: string;
  readonly promise?: Promised;
  readonly ratio?: number;
  readonly verdict?: Verdict;
  readonly machine: string;
  /** Processes that wanted a core in the last minute: above the number of cores, times are too long. */
  readonly load: number;
  readonly date: string;
  readonly node: string;
}

export function toMeasurement(scenario: string, finding: Finding): Measurement {
  const { metric, value, unit, reference, cpu_ms, details } = finding;
  const promise = promiseOf(metric);
  const ratio = reference === undefined || promise === undefined ? undefined : ratioTo(reference, value, promise);
  return {
    scenario,
    metric,
    value: rounded(value),
    unit,
    ...(promise === undefined ? {} : { promise }),
    ...(reference === undefined ? {} : { reference: rounded(reference) }),
    ...(ratio === undefined ? {} : { ratio: rounded(ratio) }),
    ...(promise === undefined ? {} : { verdict: judge({ value: rounded(value), ratio }, promise) }),
    ...(cpu_ms === undefined ? {} : { cpu_ms: rounded(cpu_ms) }),
    ...(details === undefined ? {} : { details }),
    ...circumstances(),
  };
}

function circumstances() {
  const cores = cpus();
  const gibibytes = Math.round(totalmem() / 2 ** 30);
  return {
    machine: `${cores.length} x ${cores[0]?.model.trim() ?? "unknown"}, ${gibibytes} GiB, ${process.platform}`,
    load: rounded(loadavg()[0] ?? 0),
    date: new Date().toISOString().slice(0, 10),
    node: process.versions.node,
  };
}
