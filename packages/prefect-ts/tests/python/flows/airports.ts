/** The demo's flow, unchanged, against the server that PREFECT_API_URL names; run twice, the second time cached. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { airportTraffic } from "../../../../../examples/airports/flow.ts";
import { startSource } from "../../../../../examples/airports/source.ts";

const source = await startSource();
const folder = await mkdtemp(join(tmpdir(), "airports-"));
try {
  const parameters = { sourceUrl: source.url, file: join(folder, "report.json") };
  const first = await airportTraffic.state(parameters);
  const second = await airportTraffic.state(parameters);
  const report = await first.result();
  console.log(
    `RESULT ${JSON.stringify({
      states_of_runs: [first, second].map((state) => state.name),
      departures: report.departures,
      states: report.busiest.length,
    })}`,
  );
} finally {
  await source.close();
  await rm(folder, { recursive: true, force: true });
}
