import { loadSettings, type SettingOverrides, type Settings } from "../platform/settings/settings.ts";

let loaded: Settings | undefined;

/** The configuration of this process, read once, when it is first needed. */
export function currentSettings(): Settings {
  loaded ??= loadSettings();
  return loaded;
}

/** Replaces the configuration from here on; without overrides it is read anew. */
export function resetSettings(overrides?: SettingOverrides): void {
  loaded = overrides === undefined ? undefined : loadSettings({ overrides });
}
