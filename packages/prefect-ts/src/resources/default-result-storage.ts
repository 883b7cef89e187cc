import type { Queryable } from "../storage/database.ts";
import { findConfiguration } from "../storage/queries/configuration.ts";

const KEY = "server-default-result-storage";

/** Where results go when neither flow nor settings say it. */
export interface DefaultResultStorage {
  default_result_storage_block_id: string | null;
}

export async function getDefaultResultStorage(db: Queryable): Promise<DefaultResultStorage> {
  const row = await findConfiguration(db, KEY);
  if (row === undefined) return { default_result_storage_block_id: null };
  const value = JSON.parse(row.value) as Partial<DefaultResultStorage>;
  return { default_result_storage_block_id: value.default_result_storage_block_id ?? null };
}
