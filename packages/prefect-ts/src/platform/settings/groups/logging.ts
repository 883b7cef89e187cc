import { choice, flag, float, int, logLevel, path, textList } from "../define.ts";

export const loggingSettings = {
  PREFECT_LOGGING_LEVEL: logLevel("INFO", "Lowest level printed by Prefect's loggers."),
  PREFECT_LOGGING_CONFIG_PATH: path("$PREFECT_HOME/logging.yml", "Logging configuration file.", {
    aliases: ["PREFECT_LOGGING_SETTINGS_PATH"],
  }),
  PREFECT_LOGGING_EXTRA_LOGGERS: textList([], "Other loggers whose records go to the API too, comma separated."),
  PREFECT_LOGGING_LOG_PRINTS: flag(false, "Default of logPrints: what runs print becomes log records."),
  PREFECT_LOGGING_COLORS: flag(true, "Colours the log lines."),
  PREFECT_LOGGING_MARKUP: flag(false, "Reads [style] marks in log messages."),
  PREFECT_LOGGING_TO_API_ENABLED: flag(true, "Sends the logs of runs to the API."),
  PREFECT_LOGGING_TO_API_BATCH_INTERVAL: float(2, "Seconds between two batches of logs."),
  PREFECT_LOGGING_TO_API_BATCH_SIZE: int(4_000_000, "Bytes a batch of logs may have."),
  PREFECT_LOGGING_TO_API_MAX_LOG_SIZE: int(1_000_000, "Bytes a log message may have; longer ones are cut."),
  PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW: choice(
    ["warn", "error", "ignore"],
    "warn",
    "What happens to a log record outside a run.",
  ),
};
