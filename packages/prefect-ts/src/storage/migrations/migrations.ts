import type { DialectName } from "../database.ts";
import { up as initial } from "./0001-initial.ts";

export interface Migration {
  readonly number: number;
  readonly up: (dialect: DialectName) => readonly string[];
}

/** In order; a released one is never edited. `SCHEMA_VERSION` in `migrate.ts` is the last number. */
export const migrations: readonly Migration[] = [{ number: 1, up: initial }];
