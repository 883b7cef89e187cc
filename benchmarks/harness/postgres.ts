import type { Scenario } from "./scenario.ts";

/**
 * An empty database of the PostgreSQL that `npm run bench` brings along; undefined when this machine has no programs
 * for it. That cluster does not wait for the disk (fsync off), for either server.
 */
export async function newPostgresDatabase(scenario: Scenario): Promise<string | undefined> {
  const service = process.env["PREFECT_TS_TEST_DATABASES"];
  if (service === undefined) return undefined;
  const response = await fetch(`${service}/databases`, { method: "POST" });
  const answer = (await response.json()) as { name: string; url: string; error?: string };
  if (!response.ok) throw new Error(`no PostgreSQL: ${answer.error}`);
  scenario.atEnd(async () => {
    await fetch(`${service}/databases/${answer.name}`, { method: "DELETE" });
  });
  return answer.url;
}
