/** A command that failed for a reason the user can understand: printed in red, exit code 1, no stack. */
export class CliError extends Error {
  /** What to do next; printed under the message. */
  readonly hint: string | undefined;
  constructor(message: string, options: { readonly hint?: string; readonly cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.hint = options.hint;
  }
}

/** A command line that cannot be understood: printed in a box on stderr, exit code 2. */
export class UsageError extends Error {}

/** Ends the command now with this exit code; everything has been said. */
export class Exit extends Error {
  readonly exitCode: number;
  constructor(exitCode: number) {
    super(`exit ${exitCode}`);
    this.exitCode = exitCode;
  }
}
