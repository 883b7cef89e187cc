import { setTimeout as sleep } from "node:timers/promises";
import { CliError } from "../cli-error.ts";
import { command } from "../command.ts";
import { isRunning, isRunningServer, readPid, removePidFile, serverPidFile } from "../pid-file.ts";

/** The server ends what it is answering, writes what it accepted, and closes its database. */
const PATIENCE_MS = 15_000;
const LOOK_INTERVAL_MS = 25;

export const stop = command({
  name: "server stop",
  summary: "Stop a Prefect server instance running in the background.",

  async run(_, { out, uncheckedSettings }) {
    const file = serverPidFile(uncheckedSettings);
    const pid = readPid(file);
    if (pid === undefined) {
      removePidFile(file);
      out.success("No server running in the background.");
      return;
    }
    if (!isRunningServer(pid)) {
      removePidFile(file);
      out.success("The server process is not running. Cleaning up stale PID file.");
      return;
    }
    process.kill(pid, "SIGTERM");
    const deadline = performance.now() + PATIENCE_MS;
    while (isRunning(pid)) {
      if (performance.now() > deadline) {
        throw new CliError(`The server, process ${pid}, was asked to stop and still runs.`, {
          hint: `To end it by force: kill -9 ${pid}`,
        });
      }
      await sleep(LOOK_INTERVAL_MS);
    }
    removePidFile(file);
    out.print("Server stopped!");
  },
});
