import type { DialectName } from "../database.ts";

/** The few types whose names differ; JSON and text are TEXT on both. */
export function columnTypes(dialect: DialectName) {
  return dialect === "sqlite"
    ? { id: "TEXT", instant: "INTEGER", bit: "INTEGER", int: "INTEGER", real: "REAL", withoutRowid: " WITHOUT ROWID" }
    : { id: "UUID", instant: "BIGINT", bit: "SMALLINT", int: "INTEGER", real: "DOUBLE PRECISION", withoutRowid: "" };
}
