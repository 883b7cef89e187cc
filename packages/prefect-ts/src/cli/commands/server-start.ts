import type { SettingOverrides, Settings } from "../../platform/settings/settings.ts";
import { CliError } from "../cli-error.ts";
import { command, flagOption, intOption, optionalFlag, textOption } from "../command.ts";
import type { CliContext } from "../context.ts";
import { isRunningServer, readPid, serverPidFile } from "../pid-file.ts";
import { offerProfile } from "../profile-offer.ts";
import { serverAddress } from "../server-address.ts";
import { startInBackground } from "../server-process.ts";
import { welcome } from "../welcome.ts";

export const start = command({
  name: "server start",
  summary: "Start a Prefect server instance.",
  options: {
    host: textOption("Server host address. [from PREFECT_SERVER_API_HOST]"),
    port: intOption("Server port. [from PREFECT_SERVER_API_PORT]"),
    keepAliveTimeout: intOption("Keep-alive timeout seconds. [from PREFECT_SERVER_API_KEEPALIVE_TIMEOUT]"),
    logLevel: textOption("Server logging level. [from PREFECT_SERVER_LOGGING_LEVEL]"),
    scheduler: optionalFlag("Enable scheduler. [from PREFECT_SERVER_SERVICES_SCHEDULER_ENABLED]"),
    analytics: optionalFlag("Toggle analytics. [from PREFECT_SERVER_ANALYTICS_ENABLED]", {
      long: "analytics-on",
      negative: "analytics-off",
    }),
    lateRuns: optionalFlag("Enable late runs. [from PREFECT_SERVER_SERVICES_LATE_RUNS_ENABLED]"),
    ui: optionalFlag("Enable the UI. [from PREFECT_SERVER_UI_ENABLED]"),
    services: flagOption("Only run the webserver API and UI.", true, { isNegativeOnly: true }),
    background: flagOption("Run in the background.", false, { short: "b" }),
    workers: intOption("Number of worker processes.", 1),
  },

  async run({ services, background, workers, ...options }, context) {
    const { out, prompt } = context;
    checkWorkers(workers);
    const settings = context.settings.with(overridesOf(options));
    settings.validate();
    const address = serverAddress(settings);
    if (prompt.canAsk) await offerProfile(context, address.apiUrl);

    if (background) {
      await startInBackground(context, settings);
      out.line(welcome(address, settings));
      out.print("\nThe Prefect server is running in the background. Run `prefect server stop` to stop it.");
      return;
    }
    await runInForeground(context, settings, services);
  },
});

interface StartOptions {
  readonly host: string | undefined;
  readonly port: number | undefined;
  readonly keepAliveTimeout: number | undefined;
  readonly logLevel: string | undefined;
  readonly scheduler: boolean | undefined;
  readonly analytics: boolean | undefined;
  readonly lateRuns: boolean | undefined;
  readonly ui: boolean | undefined;
}

/** What the command line says is stronger than every setting; what it does not say is left out. */
function overridesOf(options: StartOptions): SettingOverrides {
  const overrides = {
    PREFECT_SERVER_API_HOST: options.host,
    PREFECT_SERVER_API_PORT: options.port,
    PREFECT_SERVER_API_KEEPALIVE_TIMEOUT: options.keepAliveTimeout,
    PREFECT_SERVER_LOGGING_LEVEL: options.logLevel,
    PREFECT_SERVER_SERVICES_SCHEDULER_ENABLED: options.scheduler,
    PREFECT_SERVER_ANALYTICS_ENABLED: options.analytics,
    PREFECT_SERVER_SERVICES_LATE_RUNS_ENABLED: options.lateRuns,
    PREFECT_SERVER_UI_ENABLED: options.ui,
  };
  return Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined));
}

function checkWorkers(workers: number): void {
  if (workers < 1) throw new CliError("Number of workers must be >= 1");
  if (workers === 1) return;
  throw new CliError("One `prefect server start` is one process here.", {
    hint: "For more of them, start it several times, each with its own --port and the same PostgreSQL database, behind a load balancer. No Redis is needed.",
  });
}

async function runInForeground({ out }: CliContext, settings: Settings, runServices: boolean): Promise<void> {
  const port = settings.get("PREFECT_SERVER_API_PORT");
  const { startServer } = await import("../../server/server.ts");
  const server = await startServer({ settings, runServices }).catch((error: unknown) => {
    throw isPortTaken(error) ? portTaken(port, settings) : error;
  });
  out.line(`${welcome(server, settings)}\n`);
  try {
    await terminationSignal();
  } finally {
    await server.close();
    out.print("Server stopped!");
  }
}

/** Resolves at Ctrl-C or SIGTERM; the second one ends the process at once, whatever it is waiting for. */
function terminationSignal(): Promise<void> {
  return new Promise((resolve) => {
    const onSignal = () => {
      for (const signal of ["SIGINT", "SIGTERM"] as const) {
        process.removeListener(signal, onSignal);
        process.once(signal, () => process.exit(1));
      }
      resolve();
    };
    process.on("SIGINT", onSignal);
    process.on("SIGTERM", onSignal);
  });
}

function isPortTaken(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && "code" in cause && cause.code === "EADDRINUSE";
}

function portTaken(port: number, settings: Settings): CliError {
  const pid = readPid(serverPidFile(settings));
  if (pid !== undefined && isRunningServer(pid)) {
    return new CliError(
      `A background server process is already running on port ${port}. Run \`prefect server stop\` to stop it or specify a different port with the \`--port\` flag.`,
    );
  }
  return new CliError(`Port ${port} is already in use. Please specify a different port with the \`--port\` flag.`);
}
