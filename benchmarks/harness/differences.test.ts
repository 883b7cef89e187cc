import { expect, test } from "vitest";
import { readMeasurements, toDifferences } from "./differences.ts";
import { toMeasurement } from "./measurement.ts";

const line = (metric: string, value: number, reference?: number) =>
  JSON.stringify(toMeasurement("s", { metric, value, unit: "ms", reference, cpu_ms: value }));

test("two outputs differ by value, CPU time and ratio; what is new or gone is said", () => {
  const before = readMeasurements(`> npm\n${line("awaited-task", 0.1, 7)}\n${line("old", 1)}\n`);
  const after = readMeasurements(`${line("awaited-task", 0.05, 7)}\n${line("new", 2)}\n`);
  expect(toDifferences(before, after).map((text) => text.replace(/ +/g, " "))).toEqual([
    "s awaited-task 0.1 -> 0.05 (-50 %), CPU 0.1 -> 0.05 ms (-50 %), ratio 70 -> 140 ms",
    "s new new: 2 ms",
    "s old gone",
  ]);
});
