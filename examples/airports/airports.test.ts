import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getClient } from "prefect-ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { airportTraffic, type StateTraffic } from "./flow.ts";
import { dataFolder, type Source, startSource } from "./source.ts";

/** The same question asked another way: SQL-like sums over the raw files, with a spherical law of cosines. */
async function independently() {
  const lines = (text: string) => text.trim().split("\n").slice(1);
  const rows = lines(await readFile(join(dataFolder(), "airports.csv"), "utf8")).map((line) => line.split(","));
  const at = new Map(
    rows.map((row) => [
      row[0],
      { iata: row[0] ?? "", state: row.at(-4), lat: Number(row.at(-2)), lon: Number(row.at(-1)), country: row.at(-3) },
    ]),
  );
  const american = [...at.values()].filter(
    ({ iata, country, state }) => iata.length === 3 && country === "USA" && /^[A-Z]{2}$/.test(state ?? ""),
  );
  const departures = new Map<string, number>();
  let kilometres = 0;
  for (const line of lines(await readFile(join(dataFolder(), "flights-airport.csv"), "utf8"))) {
    const [from, to, count] = line.split(",");
    const a = at.get(from);
    const b = at.get(to);
    if (a?.country !== "USA" || a.state === undefined) continue;
    departures.set(a.state, (departures.get(a.state) ?? 0) + Number(count));
    if (b?.country !== "USA") continue;
    const rad = Math.PI / 180;
    const cosine =
      Math.sin(a.lat * rad) * Math.sin(b.lat * rad) +
      Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.cos((b.lon - a.lon) * rad);
    kilometres += Number(count) * 6371 * Math.acos(Math.min(1, cosine));
  }
  return { american: american.length, all: at.size, departures, kilometres };
}

describe("the airports flow", () => {
  let source: Source;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "airports-"));
    process.env["PREFECT_HOME"] = folder;
    source = await startSource();
  });
  afterAll(async () => {
    await source.close();
    await rm(folder, { recursive: true, force: true });
  });

  test("measures what an independent computation measures, through a source that fails", async () => {
    const expected = await independently();
    const file = join(folder, "report.json");

    const report = await airportTraffic({ sourceUrl: source.url, file });

    expect(source.failures()).toBeGreaterThan(3);
    expect(report.airports).toBe(expected.american);
    expect(report.rejected).toBe(expected.all - expected.american);
    const written = JSON.parse(await readFile(report.file, "utf8")) as StateTraffic[];
    const flying = written.filter(({ departures }) => departures > 0);
    expect(Object.fromEntries(flying.map(({ state, departures }) => [state, departures]))).toEqual(
      Object.fromEntries(expected.departures),
    );
    expect(report.departures).toBe([...expected.departures.values()].reduce((sum, count) => sum + count));
    expect(report.kilometres / expected.kilometres).toBeCloseTo(1, 5);
  });

  test("takes the positions from the cache the second time", async () => {
    const state = await airportTraffic.state({ sourceUrl: source.url, file: join(folder, "again.json") });
    expect(state.type).toBe("COMPLETED");
    const runs = await getClient().task_runs.filter({ task_runs: { name: { like_: "index-positions" } } });
    expect(runs.map((run) => run.state_name).sort()).toEqual(["Cached", "Completed"]);
  });
});
