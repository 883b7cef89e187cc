/**
 * The SDK's errors. They have Prefect's names; `code` is stable.
 */
export { ApiError } from "../client/api-error.ts";
export { ConfigurationError, PrefectError } from "../domain/errors.ts";
export { CompanionError } from "./companion/companion-error.ts";

/** Stable and documented, as the codes of `PrefectError` are. */
export type ExceptionCode =
  | "RUN_CRASHED"
  | "RUN_FAILED"
  | "RUN_CANCELLED"
  | "RUN_PAUSED"
  | "RUN_ABORTED"
  | "RUN_UNFINISHED"
  | "MISSING_RESULT"
  | "UPSTREAM_FAILED"
  | "MISSING_CONTEXT"
  | "INVALID_NAME"
  | "INVALID_OPTION"
  | "INVALID_PARAMETERS"
  | "INVALID_MAPPING"
  | "SERIALIZATION"
  | "TIMEOUT"
  | "TERMINATED";

/** Base of the errors that runs and their options throw. `code` is stable; `message` is for people. */
export abstract class PrefectException extends Error {
  readonly code: ExceptionCode;
  constructor(message: string, code: ExceptionCode, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** A run ended Crashed, and what crashed it is not known here. */
export class CrashedRun extends PrefectException {
  constructor(message: string) {
    super(message, "RUN_CRASHED");
  }
}

/** A run ended Failed, and the error that failed it is not known here. */
export class FailedRun extends PrefectException {
  constructor(message: string) {
    super(message, "RUN_FAILED");
  }
}

/** A run was cancelled. */
export class CancelledRun extends PrefectException {
  constructor(message: string) {
    super(message, "RUN_CANCELLED");
  }
}

/** A run is paused, so it has no result yet. */
export class PausedRun extends PrefectException {
  constructor(message: string) {
    super(message, "RUN_PAUSED");
  }
}

/** A result was asked for before the run ended. */
export class UnfinishedRun extends PrefectException {
  constructor(message: string) {
    super(message, "RUN_UNFINISHED");
  }
}

/** The run ended, and its result was not kept. */
export class MissingResult extends PrefectException {
  constructor(message: string) {
    super(message, "MISSING_RESULT");
  }
}

/** A run that this one depends on did not complete. */
export class UpstreamTaskError extends PrefectException {
  constructor(message: string) {
    super(message, "UPSTREAM_FAILED");
  }
}

/** Something that needs a flow or task run around it was called outside. */
export class MissingContextError extends PrefectException {
  constructor(message: string) {
    super(message, "MISSING_CONTEXT");
  }
}

/** A name that Prefect cannot take; the message lists what is not allowed. */
export class InvalidNameError extends PrefectException {
  constructor(message: string) {
    super(message, "INVALID_NAME");
  }
}

/** An option that does not exist or has a value of the wrong kind. */
export class InvalidOptionError extends PrefectException {
  constructor(message: string) {
    super(message, "INVALID_OPTION");
  }
}

/** Parameters that the flow's schema refuses. */
export class ParameterTypeError extends PrefectException {
  constructor(message: string) {
    super(message, "INVALID_PARAMETERS");
  }
}

/** Arguments that cannot be assigned to the function's parameters. */
export class ParameterBindError extends PrefectException {
  constructor(message: string) {
    super(message, "INVALID_PARAMETERS");
  }
}

/** `map` was given lists of different lengths. */
export class MappingLengthMismatch extends PrefectException {
  constructor(message: string) {
    super(message, "INVALID_MAPPING");
  }
}

/** `map` was given nothing to walk over. */
export class MappingMissingIterable extends PrefectException {
  constructor(message: string) {
    super(message, "INVALID_MAPPING");
  }
}

/** A result that no serializer could write. */
export class SerializationError extends PrefectException {
  constructor(message: string, options?: ErrorOptions) {
    super(message, "SERIALIZATION", options);
  }
}

/** Inputs from which no cache key could be computed. */
export class HashError extends PrefectException {
  constructor(message: string, options?: ErrorOptions) {
    super(message, "SERIALIZATION", options);
  }
}

/** A task run took longer than its `timeoutSeconds`. */
export class TaskRunTimeoutError extends PrefectException {
  constructor(message: string) {
    super(message, "TIMEOUT");
  }
}

/** A flow run took longer than its `timeoutSeconds`. */
export class FlowRunTimeoutError extends PrefectException {
  constructor(message: string) {
    super(message, "TIMEOUT");
  }
}

/** The time given to wait for something was over before it happened. */
export class WaitTimeoutError extends PrefectException {
  constructor(message: string) {
    super(message, "TIMEOUT");
  }
}

/** The process is told to end while a run runs. */
export class TerminationSignal extends PrefectException {
  readonly signal: string;
  constructor(signal: string) {
    super(`The process received ${signal}.`, "TERMINATED");
    this.signal = signal;
  }
}

const signalBrand = Symbol.for("prefect-ts.signal");

/** Base of what the engine throws to end a run without failing it; user code that catches everything rethrows it. */
abstract class PrefectSignal extends PrefectException {
  readonly [signalBrand] = true;
}

/** The server says that this run must not go on. */
export class Abort extends PrefectSignal {
  constructor(message: string) {
    super(message, "RUN_ABORTED");
  }
}

/** The run has been paused and goes on later. */
export class Pause extends PrefectSignal {
  constructor(message: string) {
    super(message, "RUN_PAUSED");
  }
}

/** Whether a caught error belongs to the engine and must be thrown again. */
export function isPrefectSignal(error: unknown): boolean {
  return typeof error === "object" && error !== null && signalBrand in error;
}
