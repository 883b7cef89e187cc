import { adminRoutes } from "../../contract/admin.ts";
import { PREFECT_VERSION } from "../../domain/emulation.ts";
import { settingsTree } from "../../platform/settings/settings-tree.ts";
import { getDefaultResultStorage } from "../../resources/default-result-storage.ts";
import { implement } from "../implement.ts";

export const implementation = implement(adminRoutes, {
  version: () => PREFECT_VERSION,
  settings: (_, { settings }) => settingsTree(settings),
  get_storage: (_, { db }) => getDefaultResultStorage(db),
});
