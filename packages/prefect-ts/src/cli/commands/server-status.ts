import { setTimeout as sleep } from "node:timers/promises";
import { healthProblem, readServerVersion } from "../api-health.ts";
import { CliError, Exit } from "../cli-error.ts";
import { command, flagOption, intOption, outputOption } from "../command.ts";
import { isJsonWanted } from "../output.ts";

const ASK_INTERVAL_MS = 200;
const ANSWER_TIMEOUT_MS = 5000;

export const status = command({
  name: "server status",
  summary: "Check the status of the Prefect server.",
  options: {
    wait: flagOption("Wait for the server to become available before returning.", false),
    timeout: intOption(
      "Maximum number of seconds to wait when using --wait. A value of 0 means wait indefinitely.",
      0,
      { short: "t" },
    ),
    output: outputOption,
  },

  async run({ wait, timeout, output }, { out, settings }) {
    const isJson = isJsonWanted(output);
    const apiUrl = settings.get("PREFECT_API_URL")?.replace(/\/+$/, "");
    if (!apiUrl) throw new CliError("No API URL configured. Set PREFECT_API_URL to the address of your server.");
    if (!isJson) out.line(`Connecting to server at ${apiUrl}...`);

    const deadline = timeout > 0 ? performance.now() + timeout * 1000 : Number.POSITIVE_INFINITY;
    let problem = await healthProblem(apiUrl, settings, ANSWER_TIMEOUT_MS);
    while (problem !== undefined && wait && performance.now() < deadline) {
      await sleep(ASK_INTERVAL_MS);
      problem = await healthProblem(apiUrl, settings, ANSWER_TIMEOUT_MS);
    }

    if (problem !== undefined && isJson) {
      const outcome = wait
        ? { status: "timed_out", api_url: apiUrl, timeout }
        : { status: "unavailable", api_url: apiUrl };
      out.json({ ...outcome, error: problem });
      throw new Exit(1);
    }
    if (problem !== undefined && wait)
      throw new CliError(`Timed out after ${timeout} seconds waiting for server at ${apiUrl}.`);
    if (problem !== undefined) throw new CliError(`Server is not available at ${apiUrl}. Error: ${problem}`);

    const version = await readServerVersion(apiUrl, settings, ANSWER_TIMEOUT_MS);
    if (isJson) {
      out.json({ status: "available", api_url: apiUrl, ...(version === undefined ? {} : { server_version: version }) });
      return;
    }
    out.print("Server is available.");
    out.line(`  API URL: ${apiUrl}`);
    if (version !== undefined) out.line(`  Server version: ${version}`);
  },
});
