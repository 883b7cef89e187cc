import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createCheckpointer } from "./checkpointer.ts";
import { openSqlite } from "./sqlite-binding.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "prefect-ts-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("moves a large log into the database while its writer goes on", async () => {
  const path = join(folder, "test.db");
  const writer = openSqlite(path);
  writer.exec("PRAGMA journal_mode = WAL");
  writer.exec("PRAGMA wal_autocheckpoint = 0");
  writer.exec("CREATE TABLE big (data BLOB)");
  const insert = writer.prepare("INSERT INTO big VALUES (zeroblob(1000000))");
  for (let count = 0; count < 20; count += 1) insert.run();
  const checkpointer = createCheckpointer(path);

  // As commits do: one that finds the database busy leaves it to the next.
  const isMoved = async () => {
    checkpointer.noteCommit();
    expect((await stat(path)).size).toBeGreaterThan(19_000_000);
  };
  await vi.waitFor(isMoved, { timeout: 20_000, interval: 300 });
  insert.run();

  await checkpointer.close();
  writer.close();
  const reader = openSqlite(path);
  expect(reader.prepare("SELECT COUNT(*) AS count FROM big").get()).toEqual({ count: 21 });
  reader.close();
});
