import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ConfigurationError } from "../domain/errors.ts";
import { openSqlite } from "./dialects/sqlite-binding.ts";
import { openDatabase, readDatabaseUrl } from "./open-database.ts";

describe("readDatabaseUrl", () => {
  test.each([
    ["sqlite+aiosqlite:////var/lib/prefect.db", "sqlite", "/var/lib/prefect.db"],
    ["sqlite:///prefect.db", "sqlite", "prefect.db"],
    ["sqlite+aiosqlite:///file::memory:?cache=shared", "sqlite", ":memory:"],
    ["/home/ada/prefect-ts.db", "sqlite", "/home/ada/prefect-ts.db"],
    ["postgresql+asyncpg://ada@localhost/runs", "postgres", "postgresql://ada@localhost/runs"],
  ])("%s", (url, dialect, location) => {
    expect(readDatabaseUrl(url)).toEqual({ dialect, location });
  });

  test("another scheme is refused without showing what is behind it", () => {
    expect(() => readDatabaseUrl("mysql://ada:secret@db/runs")).toThrow(ConfigurationError);
    expect(() => readDatabaseUrl("mysql://ada:secret@db/runs")).not.toThrow(/secret/);
  });
});

describe("openDatabase", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "prefect-ts-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test("says which file is no database", async () => {
    const path = join(folder, "notes.db");
    await writeFile(path, "these are my notes, ".repeat(500));
    const opening = openDatabase({ url: path });
    await expect(opening).rejects.toThrow(ConfigurationError);
    await expect(opening).rejects.toThrow(path);
  });

  test("says which folder cannot be made", async () => {
    await writeFile(join(folder, "file"), "");
    await expect(openDatabase({ url: join(folder, "file", "home", "prefect-ts.db") })).rejects.toThrow(
      ConfigurationError,
    );
  });

  test("leaves Prefect's own database untouched", async () => {
    const path = join(folder, "prefect.db");
    const theirs = openSqlite(path);
    theirs.exec("CREATE TABLE alembic_version (version_num TEXT)");
    theirs.close();

    await expect(openDatabase({ url: path })).rejects.toThrow(/belongs to Prefect's own server/);

    const after = openSqlite(path, { readOnly: true });
    expect(after.prepare("SELECT name FROM sqlite_master").all()).toEqual([{ name: "alembic_version" }]);
    after.close();
  });

  test("refuses a schema that is newer than this release", async () => {
    const path = join(folder, "newer.db");
    await (await openDatabase({ url: path })).close();
    const newer = openSqlite(path);
    newer.exec("UPDATE schema_version SET version = 1000");
    newer.close();
    await expect(openDatabase({ url: path })).rejects.toThrow(/has schema version 1000/);
  });
});
