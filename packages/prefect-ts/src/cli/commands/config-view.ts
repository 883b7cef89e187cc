import { quoted } from "../../platform/log-format.ts";
import type { Settings } from "../../platform/settings/settings.ts";
import { definitionOf, type SettingName, settingNames } from "../../platform/settings/table.ts";
import { command, flagOption, outputOption } from "../command.ts";
import { isJsonWanted } from "../output.ts";
import { HIDDEN_VALUE, settingText } from "../setting-text.ts";

interface Row {
  readonly name: SettingName;
  readonly value: string;
  readonly source: string;
}

export const view = command({
  name: "config view",
  summary: "Display the current settings.",
  options: {
    showDefaults: flagOption("Show default values", false, { negative: "hide-defaults" }),
    showSources: flagOption("Show value sources", true, { negative: "hide-sources" }),
    showSecrets: flagOption("Show secret values", false, { negative: "hide-secrets" }),
    output: outputOption,
  },

  run({ showDefaults, showSources, showSecrets, output }, { out, uncheckedSettings: settings }) {
    const isJson = isJsonWanted(output);
    const names = settingNames.filter((name) => showDefaults || settings.isSet(name)).toSorted();
    const rows = names.map((name) => row(settings, name, showSecrets));
    const uiUrl = settings.get("PREFECT_UI_URL");

    if (isJson) {
      const shown = rows.map(({ name, value, source }) => (showSources ? { name, value, source } : { name, value }));
      out.json({ profile: settings.profileName, settings: shown, ...(uiUrl ? { ui_url: uiUrl } : {}) });
      return;
    }
    if (uiUrl) {
      out.line("🚀 you are connected to:");
      out.line(uiUrl, "green");
    }
    out.line(`PREFECT_PROFILE=${quoted(settings.profileName)}`, "bold blue");
    for (const { name, value, source } of rows) out.line(`${name}='${value}'${showSources ? ` (from ${source})` : ""}`);
  },
});

/** What was written, where it was written; a default as it works out here. */
function row(settings: Settings, name: SettingName, showSecrets: boolean): Row {
  const source = settings.source(name);
  if (definitionOf(name).isSecret === true && !showSecrets) return { name, value: HIDDEN_VALUE, source };
  const raw = settings.raw(name);
  return { name, value: settingText(name, raw === undefined ? settings.get(name) : raw.raw), source };
}
