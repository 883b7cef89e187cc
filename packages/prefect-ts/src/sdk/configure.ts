import type { SettingOverrides } from "../platform/settings/settings.ts";
import { restartCompanion } from "./process-companion.ts";
import { resetSettings } from "./settings.ts";

/**
 * Replaces settings for the runs from here on, in this thread and in the companion's; without overrides they are read
 * anew. What was recorded before is delivered first.
 */
export async function configureSdk(overrides?: SettingOverrides): Promise<void> {
  resetSettings(overrides);
  await restartCompanion(overrides === undefined ? undefined : { overrides: texts(overrides) });
}

/** As they cross the thread border. */
function texts(overrides: SettingOverrides): Record<string, string> {
  return Object.fromEntries(
    Object.entries(overrides).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, typeof value === "string" ? value : JSON.stringify(value)]],
    ),
  );
}
