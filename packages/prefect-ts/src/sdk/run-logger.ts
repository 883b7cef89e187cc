import { format } from "node:util";
import type { Instant } from "../domain/instant.ts";
import { systemClock } from "../platform/clock.ts";
import { wantsColor } from "../platform/color.ts";
import { flowRunOrigin, formatLogLine, logLevels, paintLogLine, taskRunOrigin } from "../platform/log-format.ts";
import { currentContext } from "./context.ts";
import { MissingContextError } from "./exceptions.ts";
import { writeLogLine } from "./log-lines.ts";
import { currentCompanion } from "./process-companion.ts";
import { currentSettings } from "./settings.ts";

/** What the settings say about logs, worked out once. */
interface LogPolicy {
  readonly level: number;
  readonly hasColors: boolean;
  readonly goesToApi: boolean;
  readonly longestMessage: number;
}

let policy: { readonly of: object; readonly value: LogPolicy } | undefined;

function logPolicy(): LogPolicy {
  const settings = currentSettings();
  if (policy?.of !== settings) {
    const value: LogPolicy = {
      level: logLevels[settings.get("PREFECT_LOGGING_LEVEL")],
      hasColors: settings.get("PREFECT_LOGGING_COLORS") && wantsColor(process.stderr),
      goesToApi: settings.get("PREFECT_LOGGING_TO_API_ENABLED"),
      longestMessage: settings.get("PREFECT_LOGGING_TO_API_MAX_LOG_SIZE"),
    };
    policy = { of: settings, value };
  }
  return policy.value;
}

/** Which run a logger speaks for. */
interface LogOrigin {
  readonly loggerName: "prefect.flow_runs" | "prefect.task_runs";
  /** What stands before the dash on the console. */
  readonly label: string;
  readonly flowRunId: string | undefined;
  readonly taskRunId: string | undefined;
}

/**
 * Writes a run's log: to stderr and to the server. Messages may have `printf` placeholders (`%s`, `%d`, `%o`), as
 * `console.log` takes them.
 */
export class RunLogger {
  readonly #origin: () => LogOrigin;

  constructor(origin: () => LogOrigin) {
    this.#origin = origin;
  }

  debug(message: unknown, ...args: readonly unknown[]): void {
    this.log(logLevels.DEBUG, message, ...args);
  }
  info(message: unknown, ...args: readonly unknown[]): void {
    this.log(logLevels.INFO, message, ...args);
  }
  warn(message: unknown, ...args: readonly unknown[]): void {
    this.log(logLevels.WARNING, message, ...args);
  }
  /** The same as `warn`. */
  warning(message: unknown, ...args: readonly unknown[]): void {
    this.log(logLevels.WARNING, message, ...args);
  }
  error(message: unknown, ...args: readonly unknown[]): void {
    this.log(logLevels.ERROR, message, ...args);
  }
  critical(message: unknown, ...args: readonly unknown[]): void {
    this.log(logLevels.CRITICAL, message, ...args);
  }

  /** `level` as Python counts: 10 DEBUG, 20 INFO, 30 WARNING, 40 ERROR, 50 CRITICAL. */
  log(level: number, message: unknown, ...args: readonly unknown[]): void {
    if (level < logPolicy().level) return;
    const text = typeof message === "string" && args.length === 0 ? message : format(message, ...args);
    this.write(level, text, true);
  }

  /** For the engine: a line that may be meant for this console only. */
  write(level: number, message: string, isForServer: boolean): void {
    const { level: least, hasColors, goesToApi, longestMessage } = logPolicy();
    if (level < least) return;
    const time = systemClock.now();
    const origin = this.#origin();
    const line = formatLogLine({ time, level, origin: origin.label, message });
    writeLogLine(hasColors ? paintLogLine(line) : line);
    if (isForServer && goesToApi) record(origin, level, shortened(message, longestMessage), time);
  }
}

function record(origin: LogOrigin, level: number, message: string, at: Instant): void {
  // Logging does not wait for room: a burst of lines is bounded by what the run does between them.
  void currentCompanion().record({
    kind: "log",
    name: origin.loggerName,
    level,
    message,
    at,
    flow_run_id: origin.flowRunId,
    task_run_id: origin.taskRunId,
  });
}

function shortened(message: string, longest: number): string {
  return message.length <= longest ? message : `${message.slice(0, longest)}... [truncated]`;
}

export function createFlowRunLogger(run: { readonly id: string; readonly name: string }): RunLogger {
  return new RunLogger(() => ({
    loggerName: "prefect.flow_runs",
    label: flowRunOrigin(run.name),
    flowRunId: run.id,
    taskRunId: undefined,
  }));
}

export function createTaskRunLogger(run: { id: string; name: string; flowRunId: string | undefined }): RunLogger {
  return new RunLogger(() => ({
    loggerName: "prefect.task_runs",
    label: taskRunOrigin(run.name),
    flowRunId: run.flowRunId,
    taskRunId: run.id,
  }));
}

/**
 * The logger of the task run or flow run that this code runs in. Its lines appear on stderr and, with the run, in the
 * dashboard.
 *
 * Throws `MissingContextError` outside of runs.
 *
 * @example
 * ```ts
 * const load = task(async (rows: Row[]) => {
 *   getRunLogger().info("Loading %d rows", rows.length);
 * });
 * ```
 */
export function getRunLogger(): RunLogger {
  const { flowRun, taskRun } = currentContext();
  const logger = taskRun?.logger ?? flowRun?.logger;
  if (logger === undefined) throw new MissingContextError("There is no active flow or task run context.");
  return logger;
}
