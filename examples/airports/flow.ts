import { mkdir, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { csvParse } from "d3-dsv";
import { exponentialBackoff, flow, getRunLogger, task, taskInputHash, unmapped } from "prefect-ts";
import { createTableArtifact } from "prefect-ts/artifacts";
import { z } from "zod";

const Airport = z.object({
  iata: z.string().length(3),
  name: z.string(),
  state: z.string().regex(/^[A-Z]{2}$/),
  country: z.literal("USA"),
  latitude: z.coerce.number().min(-90).max(90),
  longitude: z.coerce.number().min(-180).max(180),
});
type Airport = z.infer<typeof Airport>;

const Route = z.object({ origin: z.string(), destination: z.string(), count: z.coerce.number().int().positive() });

export interface StateTraffic {
  state: string;
  airports: number;
  departures: number;
  /** Flown by all departures together. */
  kilometres: number;
}

export interface Report {
  airports: number;
  rejected: number;
  departures: number;
  kilometres: number;
  busiest: StateTraffic[];
  file: string;
}

const EARTH_RADIUS_KM = 6371;

/** The source fails now and then: each download is tried up to five times, 0.2, 0.4, 0.8 … seconds apart. */
const patient = { retries: 5, retryDelaySeconds: exponentialBackoff(0.2), timeoutSeconds: 10 };

const download = task({ name: "download", ...patient }, async (url: string) => {
  getRunLogger().info(`Fetching ${url}`);
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return await response.text();
});

const validate = task({ name: "validate" }, (csv: string) => {
  const rows = csvParse(csv).map((row) => Airport.safeParse(row));
  const airports = rows.flatMap((row) => (row.success ? [row.data] : []));
  const rejected = rows.length - airports.length;
  if (rejected > 0)
    getRunLogger().warning(`${rejected} of ${rows.length} airports are not in the United States or not valid`);
  return { airports, rejected };
});

/** The same airports give the same positions: computed once, then taken from the cache for an hour. */
const indexPositions = task(
  { name: "index-positions", cacheKeyFn: taskInputHash, cacheExpiration: { hours: 1 } },
  (airports: Airport[]) =>
    Object.fromEntries(airports.map(({ iata, latitude, longitude }) => [iata, [latitude, longitude]])),
);

type Positions = Record<string, number[]>;

const measureState = task(
  { name: "measure-state", taskRunName: "measure-{state}", ...patient },
  async (state: string, sourceUrl: string, airports: Airport[], positions: Positions): Promise<StateTraffic> => {
    const csv = await download(`${sourceUrl}/departures.csv?state=${state}`);
    const routes = csvParse(csv).map((row) => Route.parse(row));
    let departures = 0;
    let kilometres = 0;
    for (const { origin, destination, count } of routes) {
      departures += count;
      kilometres += count * distance(positions[origin], positions[destination]);
    }
    const own = airports.filter((airport) => airport.state === state);
    return { state, airports: own.length, departures, kilometres: Math.round(kilometres) };
  },
);

/** Great-circle distance in kilometres; 0 when a position is unknown. */
function distance(from: number[] | undefined, to: number[] | undefined): number {
  if (from === undefined || to === undefined) return 0;
  const [latitude1 = 0, longitude1 = 0, latitude2 = 0, longitude2 = 0] = [...from, ...to].map(
    (degrees) => (degrees * Math.PI) / 180,
  );
  const a =
    Math.sin((latitude2 - latitude1) / 2) ** 2 +
    Math.cos(latitude1) * Math.cos(latitude2) * Math.sin((longitude2 - longitude1) / 2) ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(a));
}

/** A subflow: what was measured becomes a file and a table that the dashboard shows. */
export const publish = flow({ name: "publish-report" }, async (traffic: StateTraffic[], file: string) => {
  const path = resolve(file);
  await writeReport(traffic, path);
  await createTableArtifact({
    key: "airport-traffic",
    description: "Departures by state",
    table: traffic.slice(0, 10).map((row) => ({ ...row })),
  });
  return path;
});

const writeReport = task({ name: "write-report" }, async (traffic: StateTraffic[], path: string) => {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${JSON.stringify(traffic, null, 2)}\n`);
});

/** Where do Americans fly from? Extract with retries, validate, fan out over the states, publish. */
export const airportTraffic = flow(
  {
    name: "airport-traffic",
    logPrints: true,
    parameters: z.object({ sourceUrl: z.url(), file: z.string().default("airport-traffic.json") }),
  },
  async ({ sourceUrl, file }): Promise<Report> => {
    const { airports, rejected } = await validate(await download(`${sourceUrl}/airports.csv`));
    const positions = await indexPositions(airports);

    const states = [...new Set(airports.map(({ state }) => state))].sort();
    const measured = measureState.map(states, unmapped(sourceUrl), unmapped(airports), unmapped(positions));
    const traffic = (await measured.result()).sort((a, b) => b.departures - a.departures);

    const departures = traffic.reduce((sum, state) => sum + state.departures, 0);
    const kilometres = traffic.reduce((sum, state) => sum + state.kilometres, 0);
    console.log(`${departures} departures from ${airports.length} airports in ${states.length} states`);

    return {
      airports: airports.length,
      rejected,
      departures,
      kilometres,
      busiest: traffic.slice(0, 5),
      file: await publish(traffic, file),
    };
  },
);
