/** Every code an error thrown on purpose can carry. They are stable and documented in docs/errors.md. */
export type ErrorCode =
  | "NOT_FOUND"
  | "CONFLICT"
  | "INVALID_INPUT"
  | "INVALID_REQUEST"
  | "FORBIDDEN"
  | "LOCKED"
  | "GONE"
  | "PAYLOAD_TOO_LARGE"
  | "UNAVAILABLE"
  | "CONFIGURATION";

/** Base of every error thrown on purpose. `code` is stable and documented; `message` is for people. */
export abstract class PrefectError extends Error {
  abstract readonly code: ErrorCode;
}

/**
 * Something that was asked for by id or name does not exist.
 * `body` says which of the reference's two error bodies the answer has, for clients read them apart.
 */
export class NotFoundError extends PrefectError {
  readonly code = "NOT_FOUND";
  readonly resource: string;
  readonly id: string;
  readonly body: "detail" | "exception_message";
  constructor(resource: string, id: string, body: "detail" | "exception_message" = "detail") {
    super(`${resource} ${id} does not exist`);
    this.resource = resource;
    this.id = id;
    this.body = body;
  }
}

/** A write that would break a unique name or a reference. */
export class ConflictError extends PrefectError {
  readonly code = "CONFLICT";
}

/** A value that has the right shape and cannot be accepted all the same. */
export class InvalidInputError extends PrefectError {
  readonly code = "INVALID_INPUT";
}

/** A request that cannot be read at all: broken JSON, a malformed header. */
export class InvalidRequestError extends PrefectError {
  readonly code = "INVALID_REQUEST";
}

/** No slot is free; `retryAfterSeconds` says when to ask again. */
export class LockedError extends PrefectError {
  readonly code = "LOCKED";
  readonly retryAfterSeconds: number;
  constructor(message: string, retryAfterSeconds: number) {
    super(message);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** It existed and has ended: a lease that expired. */
export class GoneError extends PrefectError {
  readonly code = "GONE";
}

/** The database or a peer cannot be reached now; asking again later may succeed. */
export class UnavailableError extends PrefectError {
  readonly code = "UNAVAILABLE";
  readonly what: "api" | "database";
  constructor(message: string, { what = "api", ...options }: ErrorOptions & { what?: "api" | "database" } = {}) {
    super(message, options);
    this.what = what;
  }
}

/** A setting or a file of the user's is wrong; the message says which and what to write instead. */
export class ConfigurationError extends PrefectError {
  readonly code = "CONFIGURATION";
}
