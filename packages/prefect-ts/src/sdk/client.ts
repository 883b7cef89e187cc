import type { Client } from "../client/client.ts";
import { currentCompanion } from "./process-companion.ts";

export type { Client } from "../client/client.ts";

/**
 * A client of the server that this program's runs are recorded on: the one of PREFECT_API_URL, or the embedded one. It
 * has the API's own groups and names.
 *
 * @example
 * ```ts
 * const runs = await getClient().flow_runs.filter({ limit: 5, sort: "START_TIME_DESC" });
 * ```
 */
export function getClient(): Client {
  return currentCompanion().client;
}
