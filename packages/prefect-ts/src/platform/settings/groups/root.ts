import { flag, float, int, logLevel, optionalText, path, text, textList } from "../define.ts";

export const rootSettings = {
  PREFECT_HOME: path("~/.prefect", "Folder for everything Prefect keeps: profiles, the embedded database, results."),
  PREFECT_PROFILES_PATH: path("$PREFECT_HOME/profiles.toml", "The file with the profiles."),
  PREFECT_DEBUG_MODE: flag(false, "Logs at DEBUG everywhere and prints tracebacks."),
  PREFECT_UI_URL: optionalText("Address of the dashboard; unset means it follows from PREFECT_API_URL."),
  PREFECT_SILENCE_API_URL_MISCONFIGURATION: flag(false, "Mutes the warning about an API address that looks wrong."),
  PREFECT_EXPERIMENTS_WARN: flag(true, "Warns when an experimental feature is used.", {
    aliases: ["PREFECT_EXPERIMENTAL_WARN"],
  }),
  PREFECT_INTERNAL_LOGGING_LEVEL: logLevel("ERROR", "Lowest level printed by Prefect's own inner loggers.", {
    aliases: ["PREFECT_LOGGING_INTERNAL_LEVEL"],
  }),
  PREFECT_PLUGINS_ENABLED: flag(false, "Loads start-up plugins.", { aliases: ["PREFECT_EXPERIMENTS_PLUGINS_ENABLED"] }),
  PREFECT_PLUGINS_ALLOW: textList([], "Plugins that may load; empty means all.", {
    aliases: ["PREFECT_EXPERIMENTS_PLUGINS_ALLOW"],
  }),
  PREFECT_PLUGINS_DENY: textList([], "Plugins that may not load.", { aliases: ["PREFECT_EXPERIMENTS_PLUGINS_DENY"] }),
  PREFECT_PLUGINS_SETUP_TIMEOUT_SECONDS: float(20, "Time that all plugin hooks together may take.", {
    aliases: ["PREFECT_EXPERIMENTS_PLUGINS_SETUP_TIMEOUT_SECONDS"],
  }),
  PREFECT_PLUGINS_STRICT: flag(false, "Ends the process when a required plugin fails.", {
    aliases: ["PREFECT_EXPERIMENTS_PLUGINS_STRICT"],
  }),
  PREFECT_PLUGINS_SAFE_MODE: flag(false, "Loads plugins without running their hooks.", {
    aliases: ["PREFECT_EXPERIMENTS_PLUGINS_SAFE_MODE"],
  }),
  PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS: flag(true, "Samples CPU and memory of runs."),
  PREFECT_TELEMETRY_RESOURCE_METRICS_INTERVAL_SECONDS: int(10, "Time between two samples.", { min: 1 }),
  PREFECT_TESTING_TEST_MODE: flag(false, "Marks a test process: profiles files are ignored.", {
    aliases: ["PREFECT_TEST_MODE"],
  }),
  PREFECT_TESTING_UNIT_TEST_MODE: flag(false, "Marks a unit-test process: profiles files are ignored.", {
    aliases: ["PREFECT_UNIT_TEST_MODE"],
  }),
  PREFECT_TESTING_UNIT_TEST_LOOP_DEBUG: flag(true, "Accepted for compatibility; has no effect here.", {
    aliases: ["PREFECT_UNIT_TEST_LOOP_DEBUG"],
  }),
  PREFECT_TESTING_TEST_SETTING: text("FOO", "Has no effect; tests of the settings themselves use it.", {
    aliases: ["PREFECT_TEST_SETTING"],
  }),
};
