import { flag, int, logLevel, text } from "../define.ts";

export const runnerSettings = {
  PREFECT_RUNNER_SERVER_ENABLE: flag(false, "Serves a health page from the runner."),
  PREFECT_RUNNER_SERVER_HOST: text("localhost", "Address of that page."),
  PREFECT_RUNNER_SERVER_PORT: int(8080, "Port of that page."),
  PREFECT_RUNNER_SERVER_LOG_LEVEL: logLevel("ERROR", "Lowest level that page prints."),
  PREFECT_RUNNER_SERVER_MISSED_POLLS_TOLERANCE: int(2, "Missed polls until the page says unhealthy."),
  PREFECT_RUNNER_PROCESS_LIMIT: int(5, "Runs a runner has under way at once."),
  PREFECT_RUNNER_POLL_FREQUENCY: int(10, "Seconds between two polls of a runner."),
  PREFECT_RUNNER_CRASH_ON_CANCELLATION_FAILURE: flag(
    false,
    "Crashes a run whose cancellation can no longer be watched.",
  ),
  PREFECT_RUNNER_AUTO_INSTALL_DEPENDENCIES: flag(false, "Installs the dependencies of pulled code."),
};
