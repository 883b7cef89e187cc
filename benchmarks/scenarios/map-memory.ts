/** Promise 3: `map` over a hundred thousand items ends, with all of them recorded, in flat memory. */
import { runProgram } from "../harness/program.ts";
import { readRecorded, requireEverything } from "../harness/recorded-runs.ts";
import { scenario } from "../harness/scenario.ts";
import { rounded } from "../harness/statistics.ts";

const ITEMS = 100_000;
const FEW_ITEMS = 10_000;
/** Beyond it, it hangs. */
const TIMEOUT_MS = 120_000;

interface Outcome {
  readonly sum: number;
  readonly ms: number;
  readonly cpu_ms: number;
  readonly rss_mib: number;
}

await scenario("map-memory", async ({ report, newHome }) => {
  const measure = async (items: number) => {
    const home = await newHome();
    const program = { file: "large-map.mjs", home, args: [String(items)], timeoutMs: TIMEOUT_MS };
    const outcome = await runProgram<Outcome>(program);
    const expected = items * (items - 1);
    if (outcome.sum !== expected) throw new Error(`the results add up to ${outcome.sum}, not ${expected}`);
    requireEverything(readRecorded(home), items);
    return outcome;
  };
  const few = await measure(FEW_ITEMS);
  const many = await measure(ITEMS);
  report({
    metric: "map-peak-rss",
    value: many.rss_mib,
    unit: "MiB",
    cpu_ms: many.cpu_ms / ITEMS,
    details: {
      items: ITEMS,
      ms_per_item: rounded(many.ms / ITEMS),
      [`peak_rss_of_${FEW_ITEMS}`]: Math.round(few.rss_mib),
    },
  });
});
