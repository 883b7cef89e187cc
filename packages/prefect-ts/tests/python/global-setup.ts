/** Starts our server and Prefect's own, once for all files of this folder; without Python nothing starts. */
import type { TestProject } from "vitest/node";
import { type PrefectServer, startOurServer, startReferenceServer } from "./prefect-server.ts";
import { findPython } from "./python.ts";

declare module "vitest" {
  interface ProvidedContext {
    python: string | undefined;
    ours: string;
    reference: string;
  }
}

export default async function startBothServers(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const python = findPython();
  project.provide("python", python);
  project.provide("ours", "");
  project.provide("reference", "");
  if (python === undefined) return undefined;

  // Comparing Prefect's server with itself shows whether a scenario is deterministic.
  const isSelfTest = process.env["PREFECT_TS_COMPARE"] === "reference";
  const started = await Promise.allSettled([
    isSelfTest ? startReferenceServer(python) : startOurServer(),
    startReferenceServer(python),
  ]);
  const servers = started.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
  const stop = async () => void (await Promise.all(servers.map((server: PrefectServer) => server.stop())));
  const failed = started.find((outcome) => outcome.status === "rejected");
  if (failed) {
    await stop();
    throw failed.reason;
  }
  project.provide("ours", servers[0]?.apiUrl ?? "");
  project.provide("reference", servers[1]?.apiUrl ?? "");
  return stop;
}
