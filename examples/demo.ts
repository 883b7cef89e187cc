import { airportTraffic } from "./airports/flow.ts";
import { startSource } from "./airports/source.ts";

/** The main job, twice: the second run takes what it can from the cache. */
const source = await startSource();
try {
  const report = await airportTraffic({ sourceUrl: source.url, file: "airport-traffic.json" });
  await airportTraffic({ sourceUrl: source.url, file: "airport-traffic.json" });

  console.log(`
${report.airports} airports (${report.rejected} rows rejected), ${report.departures} departures,
${(report.kilometres / 1e6).toFixed(0)} million kilometres. The source failed ${source.failures()} times on the way.

State   Airports   Departures   Kilometres`);
  for (const { state, airports, departures, kilometres } of report.busiest) {
    console.log(
      `${state.padEnd(5)} ${String(airports).padStart(10)} ${String(departures).padStart(12)} ${String(kilometres).padStart(12)}`,
    );
  }
  console.log(`\nReport: ${report.file}`);
} finally {
  await source.close();
}
