import { expect, test } from "vitest";
import { ConflictError } from "../domain/errors.ts";
import { aFlow, describeEachDatabase, NOON } from "../testing/databases.ts";
import { sql } from "./sql.ts";

describeEachDatabase("write", (given) => {
  test("keeps the others of a group when one of them fails", async () => {
    const first = aFlow();
    const last = aFlow();
    const outcomes = await Promise.allSettled([
      given.db.write((tx) => tx.insert("flow", [first])),
      given.db.write(async (tx) => {
        await tx.insert("flow", [aFlow({ name: "lost" })]);
        throw new Error("changed my mind");
      }),
      given.db.write((tx) => tx.insert("flow", [last])),
    ]);

    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    const names = await given.db.all<{ name: string }>(
      sql`SELECT name FROM flow WHERE name IN (${first.name}, ${last.name}, 'lost')`,
    );
    expect(names.map(({ name }) => name).sort()).toEqual([first.name, last.name].sort());
  });

  test("shows rows to readers only once they are committed", async () => {
    const flow = aFlow();
    let seenInside: unknown;
    await given.db.write(async (tx) => {
      await tx.insert("flow", [flow]);
      seenInside = await given.db.get(sql`SELECT id FROM flow WHERE id = ${flow.id}`);
    });
    expect(seenInside).toBeUndefined();
    expect(await given.db.get(sql`SELECT id FROM flow WHERE id = ${flow.id}`)).toEqual({ id: flow.id });
  });

  test("tells listeners after the commit, and nothing of what was rolled back", async () => {
    const heard: unknown[] = [];
    const stop = given.db.listen("logs", (rows) => heard.push(rows));
    await given.db.write(async (tx) => tx.notify("logs", []));
    await given.db
      .write(async (tx) => {
        tx.notify("logs", []);
        throw new Error("rolled back");
      })
      .catch(() => undefined);
    stop();
    await given.db.write(async (tx) => tx.notify("logs", []));
    expect(heard).toEqual([[]]);
  });

  test("a taken unique name is a conflict", async () => {
    const { name } = await given.flow();
    await expect(given.db.write((tx) => tx.insert("flow", [aFlow({ name })]))).rejects.toThrow(ConflictError);
  });

  test("an upsert lets the newer row win whatever the order", async () => {
    const row = aFlow({ updated: (NOON + 10) as typeof NOON });
    const upsert = { key: ["id"], update: ["tags", "updated"], ifNewer: "updated" };
    await given.db.write((tx) => tx.insert("flow", [row], upsert));
    await given.db.write((tx) => tx.insert("flow", [{ ...row, tags: '["old"]', updated: NOON }], upsert));
    await given.db.write((tx) =>
      tx.insert("flow", [{ ...row, tags: '["new"]', updated: (NOON + 20) as typeof NOON }], upsert),
    );
    expect(await given.db.get(sql`SELECT tags, updated FROM flow WHERE id = ${row.id}`)).toEqual({
      tags: '["new"]',
      updated: NOON + 20,
    });
  });

  test("text is kept to the letter, question marks and backslashes too", async () => {
    const tags = '["a?b","c\\\\d","\\u0000","naïve ☃"]';
    const { id } = await given.flow({ tags });
    expect(await given.db.get(sql`SELECT tags FROM flow WHERE id = ${id}`)).toEqual({ tags });
  });
});
