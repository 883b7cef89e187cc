import type { OnConflict } from "../database.ts";

/** The text after `VALUES (…)` that says what happens to a row whose key is taken; the same on both databases. */
export function conflictText(table: string, onConflict: OnConflict): string {
  if (onConflict === "fail") return "";
  if (onConflict === "ignore") return " ON CONFLICT DO NOTHING";
  const { key, update, ifNewer } = onConflict;
  const assignments = update.map((column) => `"${column}" = excluded."${column}"`).join(", ");
  const condition =
    ifNewer === undefined
      ? ""
      : ` WHERE ${table}."${ifNewer}" IS NULL OR ${table}."${ifNewer}" < excluded."${ifNewer}"`;
  return ` ON CONFLICT (${key.map((column) => `"${column}"`).join(", ")}) DO UPDATE SET ${assignments}${condition}`;
}

export function columnList(columns: readonly string[]): string {
  return columns.map((column) => `"${column}"`).join(", ");
}
