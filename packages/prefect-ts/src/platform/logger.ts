import { type Clock, systemClock } from "./clock.ts";
import { wantsColor } from "./color.ts";
import { formatLogLine, logLevels, paintLogLine } from "./log-format.ts";
import type { Settings } from "./settings/settings.ts";

/** Writes lines for people to stderr; what a run logs goes through the SDK's run logger instead. */
export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  /** With `cause`, its message follows, or its stack in debug mode. */
  error(message: string, cause?: unknown): void;
  /** The logger `name.child`, with the same level. */
  child(name: string): Logger;
  isEnabled(level: keyof typeof logLevels): boolean;
}

export interface LoggerOptions {
  readonly name: string;
  /** Least level that is written, as Python counts. */
  readonly level: number;
  readonly clock?: Clock;
  readonly hasColors?: boolean;
  /** Prints the stack of causes. */
  readonly showsStacks?: boolean;
  /** Takes a line without its end. Default: stderr. */
  readonly write?: (line: string) => void;
}

export function createLogger(options: LoggerOptions): Logger {
  const { name, level, clock = systemClock, hasColors = false, showsStacks = false } = options;
  const write = options.write ?? ((line: string) => process.stderr.write(`${line}\n`));

  function log(at: number, message: string): void {
    if (at < level) return;
    const line = formatLogLine({ time: clock.now(), level: at, origin: name, message });
    write(hasColors ? paintLogLine(line) : line);
  }

  return {
    debug: (message) => log(logLevels.DEBUG, message),
    info: (message) => log(logLevels.INFO, message),
    warn: (message) => log(logLevels.WARNING, message),
    error: (message, cause) =>
      log(logLevels.ERROR, cause === undefined ? message : withCause(message, cause, showsStacks)),
    child: (child) => createLogger({ ...options, name: `${name}.${child}` }),
    isEnabled: (at) => logLevels[at] >= level,
  };
}

function withCause(message: string, cause: unknown, showsStacks: boolean): string {
  if (!(cause instanceof Error)) return `${message}: ${String(cause)}`;
  return showsStacks ? `${message}\n${cause.stack ?? cause.message}` : `${message}: ${cause.message}`;
}

/** A logger with the level and the colours that the settings say; the server has a level of its own. */
export function createSettingsLogger(settings: Settings, name: string): Logger {
  const isServer = name === "prefect.server" || name.startsWith("prefect.server.");
  const level = settings.get(isServer ? "PREFECT_SERVER_LOGGING_LEVEL" : "PREFECT_LOGGING_LEVEL");
  return createLogger({
    name,
    level: logLevels[level],
    hasColors: settings.get("PREFECT_LOGGING_COLORS") && wantsColor(process.stderr),
    showsStacks: settings.get("PREFECT_DEBUG_MODE"),
  });
}
