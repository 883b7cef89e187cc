/**
 * Databases of a real PostgreSQL for tests. One cluster serves the whole vitest run; it starts when the first test
 * asks (about two seconds) and is removed when the run ends, also when it is killed (`scripts/postgres/`).
 */

export interface TestDatabase {
  /** `postgresql://…`, for `pg` and for PREFECT_API_DATABASE_CONNECTION_URL. */
  readonly url: string;
  /** Drops the database, whoever is still connected. */
  drop(): Promise<void>;
}

export interface TestDatabaseTemplate {
  /** Databases with the same key are copies of one that was prepared once per run. */
  key: string;
  /** Fills an empty database (migrations); must have closed its connections when it resolves. */
  prepare(url: string): Promise<void>;
}

type Created = { name: string; url: string };
type Answer = Created | { prepare: Created };

/** An empty database of one's own, or with a template a copy of it (about 50 ms). */
export async function createTestDatabase(template?: TestDatabaseTemplate): Promise<TestDatabase> {
  const query = template === undefined ? "" : `?template=${encodeURIComponent(template.key)}`;
  const answer = await ask<Answer>("POST", `/databases${query}`);
  if (!("prepare" in answer)) {
    return { url: answer.url, drop: () => ask<void>("DELETE", `/databases/${answer.name}`) };
  }
  if (template === undefined) throw new Error("the test database service asked for a template that nobody named");
  await prepareTemplate(template, answer.prepare.url);
  return createTestDatabase(template);
}

/** The cluster's own address (its database `postgres`), for tests that make databases themselves. */
export async function testPostgresUrl(): Promise<string> {
  return (await ask<{ url: string }>("GET", "/url")).url;
}

async function prepareTemplate(template: TestDatabaseTemplate, url: string): Promise<void> {
  let failed = true;
  try {
    await template.prepare(url);
    failed = false;
  } finally {
    await ask<void>("POST", `/templates/${encodeURIComponent(template.key)}`, { failed });
  }
}

async function ask<Result>(method: string, path: string, body?: object): Promise<Result> {
  const service = process.env["PREFECT_TS_TEST_DATABASES"];
  if (service === undefined) {
    throw new Error("No test database service: run the tests from the repository's root (npx vitest run …).");
  }
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  const response = await fetch(service + path, init);
  const answer = (await response.json()) as Result | { error: string };
  if (!response.ok) throw new Error(`test database service: ${(answer as { error: string }).error}`);
  return answer as Result;
}
