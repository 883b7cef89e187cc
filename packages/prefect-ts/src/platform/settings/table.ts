/**
 * Every setting, by its canonical name. The table is plain data: it loads in about a millisecond and needs no library,
 * so that the CLI and the SDK can read configuration before anything else is there.
 */
import type { SettingDefinition } from "./define.ts";
import { apiSettings } from "./groups/api.ts";
import { cliSettings } from "./groups/cli.ts";
import { loggingSettings } from "./groups/logging.ts";
import { rootSettings } from "./groups/root.ts";
import { runnerSettings } from "./groups/runner.ts";
import { runsSettings } from "./groups/runs.ts";
import { serverSettings } from "./groups/server.ts";
import { serverDatabaseSettings } from "./groups/server-database.ts";
import { serverEventsSettings } from "./groups/server-events.ts";
import { serverServicesSettings } from "./groups/server-services.ts";
import { workerSettings } from "./groups/worker.ts";

export const settingsTable = {
  ...rootSettings,
  ...apiSettings,
  ...cliSettings,
  ...loggingSettings,
  ...runsSettings,
  ...runnerSettings,
  ...serverSettings,
  ...serverDatabaseSettings,
  ...serverEventsSettings,
  ...serverServicesSettings,
  ...workerSettings,
};

export type SettingName = keyof typeof settingsTable;

/** What `settings.get(name)` answers. */
export type SettingValue<Name extends SettingName> =
  (typeof settingsTable)[Name] extends SettingDefinition<infer Value> ? Value : never;

export const settingNames = Object.keys(settingsTable) as readonly SettingName[];

export function definitionOf(name: SettingName): SettingDefinition {
  return settingsTable[name];
}

export function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(settingsTable, name);
}

let canonicalByAlias: Map<string, SettingName> | undefined;

/** The canonical name for a name or an alias of a setting; `undefined` when there is no such setting. */
export function canonicalName(name: string): SettingName | undefined {
  if (isSettingName(name)) return name;
  canonicalByAlias ??= new Map(
    settingNames.flatMap((canonical) => (definitionOf(canonical).aliases ?? []).map((alias) => [alias, canonical])),
  );
  return canonicalByAlias.get(name);
}
