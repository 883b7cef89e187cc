/** Promise 2: what an empty flow run and an empty subflow run cost, embedded and against a server. */
import { type Program, runProgram } from "../harness/program.ts";
import { type Scenario, scenario } from "../harness/scenario.ts";
import { startServer } from "../harness/server-process.ts";
import { median, percentile, rounded } from "../harness/statistics.ts";

const RUNS = 200;
const REFERENCE_RUNS = 5;
const KINDS = ["flow", "subflow"] as const;

type Outcome = Record<(typeof KINDS)[number], { times: number[]; cpu_ms: number }>;
type Place = Pick<Program, "settings" | "python">;

await scenario("flow-overhead", async (current) => {
  const { python } = current;
  const embeddedReference = python && (await run(current, { python, settings: ephemeral(true) }));
  report(current, "embedded", await run(current, {}), embeddedReference || undefined);

  const reference = python && (await runOverHttp(current, python));
  report(current, "over-http", await runOverHttp(current, undefined), reference || undefined);
});

async function run(current: Scenario, { settings, python }: Place): Promise<Outcome> {
  const program = python
    ? { file: "empty-flows.py", args: [String(REFERENCE_RUNS)], python }
    : { file: "empty-flows.mjs", args: [String(RUNS)] };
  return runProgram({ ...program, home: await current.newHome(), ...(settings ? { settings } : {}) });
}

async function runOverHttp(current: Scenario, python: string | undefined): Promise<Outcome> {
  const server = await startServer(current, { python });
  const settings = { PREFECT_API_URL: server.apiUrl, ...ephemeral(false) };
  const outcome = await run(current, python ? { python, settings } : { settings });
  await server.stop();
  return outcome;
}

/** Prefect's word for a server of the program's own. */
function ephemeral(isAllowed: boolean): Record<string, string> {
  return { PREFECT_SERVER_ALLOW_EPHEMERAL_MODE: String(isAllowed) };
}

function report(current: Scenario, place: string, ours: Outcome, reference: Outcome | undefined): void {
  for (const kind of KINDS) {
    const { times, cpu_ms } = ours[kind];
    current.report({
      metric: `${kind}-${place}`,
      value: median(times),
      unit: "ms",
      reference: reference && median(reference[kind].times),
      cpu_ms,
      details: {
        runs: RUNS,
        p99_ms: rounded(percentile(times, 0.99)),
        ...(reference && { reference_runs: REFERENCE_RUNS }),
      },
    });
  }
}
