import type { z } from "zod";
import { type ErrorCode, LockedError, NotFoundError, PrefectError } from "../domain/errors.ts";
import { Reply } from "./implement.ts";

/** The compiler asks for a status when a code is added. */
const httpStatus: Record<ErrorCode, number> = {
  NOT_FOUND: 404,
  CONFLICT: 409,
  INVALID_INPUT: 422,
  INVALID_REQUEST: 400,
  FORBIDDEN: 403,
  LOCKED: 423,
  GONE: 410,
  PAYLOAD_TOO_LARGE: 413,
  UNAVAILABLE: 503,
  CONFIGURATION: 500,
};

/** The answer to an error, with the reference's bodies; anything not thrown on purpose is a 500 that tells nothing. */
export function toReply(error: unknown): Reply {
  if (!(error instanceof PrefectError)) return new Reply(500, { exception_message: "Internal Server Error" });
  const status = httpStatus[error.code];
  if (error.code === "UNAVAILABLE") return new Reply(503, { exception_message: "Service Unavailable" });
  if (error instanceof LockedError) {
    return new Reply(423, { detail: "Locked" }, { "retry-after": String(error.retryAfterSeconds) });
  }
  if (error instanceof NotFoundError && error.body === "exception_message") {
    return new Reply(404, { exception_message: error.message });
  }
  return new Reply(status, { detail: error.message });
}

interface ValidationProblem {
  type: string;
  loc: (string | number)[];
  msg: string;
  input?: unknown;
}

/** A body, query or path that does not fit its schema, in the words of pydantic that clients read. */
export function invalidRequest(where: "body" | "query" | "path", error: z.ZodError, input: unknown): Reply {
  const problems = error.issues.flatMap((issue) => toProblems(where, issue, input));
  return new Reply(422, {
    exception_message: "Invalid request received.",
    exception_detail: problems,
    ...(where === "body" ? { request_body: input } : { request_body: null }),
  });
}

function toProblems(where: string, issue: z.core.$ZodIssue, input: unknown): ValidationProblem[] {
  const loc = [where, ...issue.path.map((part) => (typeof part === "number" ? part : String(part)))];
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      type: "extra_forbidden",
      loc: [...loc, key],
      msg: "Extra inputs are not permitted",
      input: valueAt(input, [...issue.path, key]),
    }));
  }
  const value = valueAt(input, issue.path);
  if (value === undefined)
    return [{ type: "missing", loc, msg: "Field required", input: valueAt(input, issue.path.slice(0, -1)) }];
  return [{ type: problemType(issue), loc, msg: issue.message, input: value }];
}

const typeNames: Readonly<Record<string, string>> = {
  string: "string_type",
  number: "float_type",
  int: "int_type",
  boolean: "bool_type",
  array: "list_type",
  object: "model_attributes_type",
  record: "dict_type",
};

function problemType(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_type") return typeNames[issue.expected] ?? "type_error";
  if (issue.code === "custom") return String(issue.params?.["type"] ?? "value_error");
  if (issue.code === "invalid_value") return "enum";
  if (issue.code === "too_small") return issue.origin === "string" ? "string_too_short" : "greater_than_equal";
  if (issue.code === "too_big") return issue.origin === "string" ? "string_too_long" : "less_than_equal";
  if (issue.code === "invalid_format") return issue.format === "guid" ? "uuid_parsing" : "string_pattern_mismatch";
  return "value_error";
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const part of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[part];
  }
  return value;
}
