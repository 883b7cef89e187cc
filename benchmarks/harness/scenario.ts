/** What every scenario runs in: temporary folders and processes that are gone when it ends, lines on its output. */
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Finding, toMeasurement } from "./measurement.ts";

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));

export interface Scenario {
  /** As CI runs it: shorter, the same figures. */
  readonly isQuick: boolean;
  /** An interpreter with Prefect's own package, when there is one. */
  readonly python: string | undefined;
  report(finding: Finding): void;
  /** An empty folder that is removed at the end. */
  newHome(): Promise<string>;
  /** Runs at the end, whatever happened; the last one first. */
  atEnd(act: () => Promise<void>): void;
}

export async function scenario(name: string, measure: (scenario: Scenario) => Promise<void>): Promise<void> {
  const acts: (() => Promise<void>)[] = [];
  const atEnd = (act: () => Promise<void>) => void acts.push(act);
  const newHome = async () => {
    const home = await mkdtemp(join(tmpdir(), "prefect-ts-bench-"));
    atEnd(() => rm(home, { recursive: true, force: true, maxRetries: 5 }));
    return home;
  };
  const report = (finding: Finding) => console.log(JSON.stringify(toMeasurement(name, finding)));
  const isQuick = process.argv.includes("--quick");
  try {
    await measure({ isQuick, python: findPython(), report, newHome, atEnd });
  } catch (error) {
    console.error(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    process.exitCode = 1;
  } finally {
    for (const act of acts.reverse()) await act();
  }
}

/** PREFECT_TS_PYTHON, else `.reference/bin/python` in the root of the repository. */
function findPython(): string | undefined {
  if (process.argv.includes("--no-reference")) return undefined;
  const named = process.env["PREFECT_TS_PYTHON"];
  if (named && !existsSync(named)) throw new Error(`PREFECT_TS_PYTHON names ${named}, which does not exist`);
  return [named, join(REPOSITORY, ".reference/bin/python")].find((path) => path && existsSync(path));
}

/** The environment of a process that knows nothing of its user's own Prefect. */
export function environment(home: string, settings: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("PREFECT_"));
  return {
    ...Object.fromEntries(inherited),
    PREFECT_HOME: home,
    PREFECT_SERVER_ANALYTICS_ENABLED: "false",
    DO_NOT_TRACK: "1",
    PYTHONDONTWRITEBYTECODE: "1",
    ...settings,
  };
}
