import { PrefectError, UnavailableError } from "../domain/errors.ts";
import { CliError, Exit, UsageError } from "./cli-error.ts";
import type { Output } from "./output.ts";

/** How what went wrong is told. */
export interface Session {
  readonly out: Output;
  /** stdout is for JSON only. */
  readonly isJson: boolean;
  readonly wantsStack: boolean;
}

const FAILURE = 1;
const WRONG_USAGE = 2;
const NO_ANSWER_HINT = "Is the server running? `prefect server status` tells, and `prefect server start` starts one.";

/** Tells the user, and answers the exit code. A stack only in debug mode: it tells a user nothing. */
export function reportError(error: unknown, { out, isJson, wantsStack }: Session): number {
  if (error instanceof Exit) return error.exitCode;
  if (wantsStack) out.note(error instanceof Error ? (error.stack ?? error.message) : String(error));
  if (error instanceof UsageError) {
    out.usageError(error.message);
    return WRONG_USAGE;
  }
  if (error instanceof CliError || error instanceof PrefectError) {
    if (isUnknownProfile(error)) out.note(error.message);
    else out.failure(error.message, { isJson });
    const hint = hintFor(error);
    if (hint !== undefined) out.failure(hint, { isJson });
    return FAILURE;
  }
  out.failure(`An exception occurred: ${error instanceof Error ? error.message : String(error)}`, { isJson });
  if (!wantsStack) out.note("Set PREFECT_DEBUG_MODE=1 to see where.");
  return FAILURE;
}

function hintFor(error: CliError | PrefectError): string | undefined {
  if (error instanceof CliError) return error.hint;
  return error instanceof UnavailableError && error.what === "api" ? NO_ANSWER_HINT : undefined;
}

/** Prefect's CLI says this one on stderr. */
function isUnknownProfile(error: Error): boolean {
  return error.message.startsWith("Unknown profile ");
}
