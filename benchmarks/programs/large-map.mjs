/** Maps a task over COUNT items and gathers the results: large-map.mjs COUNT */
import { flow, task } from "prefect-ts";
import { cpuMs, tell } from "./result.mjs";

const count = Number(process.argv[2]);

const double = task({ name: "double" }, async (item) => item * 2);

const mapped = flow({ name: "large-map" }, async () => {
  const futures = double.map(Array.from({ length: count }, (_, item) => item));
  let sum = 0;
  for (const future of futures) sum += await future.result();
  return sum;
});

const KIBIBYTES_PER_MEBIBYTE = 1024;
const startedAt = performance.now();
const sum = await mapped();
const rssMiB = process.resourceUsage().maxRSS / KIBIBYTES_PER_MEBIBYTE;
tell({ sum, ms: performance.now() - startedAt, cpu_ms: cpuMs(), rss_mib: rssMiB });
