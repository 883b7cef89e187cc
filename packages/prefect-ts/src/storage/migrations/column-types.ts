import type { DialectName } from "../database.ts";

/**
 * The few words that differ; JSON and text are TEXT on both. `nullsFirst` makes an index of PostgreSQL sort as SQLite's
 * do, for lists are ordered so on both.
 */
export function columnTypes(dialect: DialectName) {
  return dialect === "sqlite"
    ? {
        id: "TEXT",
        instant: "INTEGER",
        bit: "INTEGER",
        int: "INTEGER",
        real: "REAL",
        withoutRowid: " WITHOUT ROWID",
        nullsFirst: "",
      }
    : {
        id: "UUID",
        instant: "BIGINT",
        bit: "SMALLINT",
        int: "INTEGER",
        real: "DOUBLE PRECISION",
        withoutRowid: "",
        nullsFirst: " NULLS FIRST",
      };
}
