import { type ErrorCode, PrefectError } from "../../domain/errors.ts";
import type { Failure } from "./protocol.ts";

/** The companion thread could not do what it was asked; its message says why. */
export class CompanionError extends PrefectError {
  readonly code: ErrorCode;
  constructor(message: string, code: ErrorCode = "UNAVAILABLE") {
    super(message);
    this.code = code;
  }
}

const codes: ReadonlySet<string> = new Set<ErrorCode>(["CONFIGURATION", "UNAVAILABLE", "INVALID_INPUT", "CONFLICT"]);

export function companionFailure({ name, message, code }: Failure): CompanionError {
  const text = name === "Error" || code !== undefined ? message : `${name}: ${message}`;
  return new CompanionError(text, code !== undefined && codes.has(code) ? (code as ErrorCode) : "UNAVAILABLE");
}
