/**
 * `console.*` inside runs that ask for it goes through the run's logger, which prints it once, in the log's format.
 * Everywhere else it stays what it was.
 */
import { format } from "node:util";
import { logLevels } from "../platform/log-format.ts";
import { currentContext } from "./context.ts";

const levels = {
  log: logLevels.INFO,
  info: logLevels.INFO,
  warn: logLevels.WARNING,
  error: logLevels.ERROR,
  debug: logLevels.DEBUG,
} as const;

let isCapturing = false;

/** Begins to look at what is printed; once per process, with the first run that asks for it. */
export function capturePrints(): void {
  if (isCapturing) return;
  isCapturing = true;
  for (const method of Object.keys(levels) as (keyof typeof levels)[]) {
    const original = console[method];
    console[method] = (...args: unknown[]) => {
      const { flowRun, taskRun } = currentContext();
      const context = taskRun ?? flowRun;
      if (context?.logsPrints === true) context.logger.write(levels[method], format(...args), true);
      else original.apply(console, args);
    };
  }
}
