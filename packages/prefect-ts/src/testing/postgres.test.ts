import pg from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase, testPostgresUrl } from "./postgres.ts";

const created: TestDatabase[] = [];
afterAll(() => Promise.all(created.map((database) => database.drop())));

async function aDatabase(...args: Parameters<typeof createTestDatabase>): Promise<TestDatabase> {
  const database = await createTestDatabase(...args);
  created.push(database);
  return database;
}

async function query<Row extends object>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

describe("createTestDatabase", () => {
  test("gives each caller a database of its own", async () => {
    const [one, two] = await Promise.all([aDatabase(), aDatabase()]);
    await query(one.url, "CREATE TABLE only_here (id int)");

    const tables = await query(two.url, "SELECT 1 FROM pg_tables WHERE tablename = 'only_here'");
    expect(tables).toEqual([]);
  });

  test("prepares a template once, however many ask for it at the same time", async () => {
    let prepared = 0;
    const template = {
      key: "postgres.test: counted",
      prepare: async (url: string) => {
        prepared += 1;
        await query(url, "CREATE TABLE counted AS SELECT 41 + 1 AS answer");
      },
    };

    const databases = await Promise.all([aDatabase(template), aDatabase(template), aDatabase(template)]);
    const answers = await Promise.all(databases.map(({ url }) => query(url, "SELECT answer FROM counted")));
    expect(answers).toEqual([[{ answer: 42 }], [{ answer: 42 }], [{ answer: 42 }]]);
    expect(prepared).toBe(1);
  });

  test("lets the next caller prepare a template that failed", async () => {
    const key = "postgres.test: fails once";
    const failing = { key, prepare: () => Promise.reject(new Error("no luck")) };
    await expect(createTestDatabase(failing)).rejects.toThrow("no luck");

    const { url } = await aDatabase({
      key,
      prepare: async (target) => void (await query(target, "CREATE TABLE t ()")),
    });
    expect(await query(url, "SELECT tablename FROM pg_tables WHERE tablename = 't'")).toHaveLength(1);
  });

  test("drops a database that somebody is still connected to", async () => {
    const database = await createTestDatabase();
    const client = new pg.Client({ connectionString: database.url });
    client.on("error", () => {}); // being thrown out is the point
    await client.connect();
    const thrownOut = new Promise((resolve) => client.once("end", resolve));

    await database.drop();
    await thrownOut;
    const name = new URL(database.url).pathname.slice(1);
    const left = await query(await testPostgresUrl(), `SELECT 1 FROM pg_database WHERE datname = '${name}'`);
    expect(left).toEqual([]);
  });
});
