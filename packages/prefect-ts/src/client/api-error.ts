import { type ErrorCode, PrefectError } from "../domain/errors.ts";
import type { RouteCall, RouteReply } from "./transport.ts";

const codeByStatus: Readonly<Record<number, ErrorCode>> = {
  400: "INVALID_REQUEST",
  401: "FORBIDDEN",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  409: "CONFLICT",
  410: "GONE",
  413: "PAYLOAD_TOO_LARGE",
  422: "INVALID_INPUT",
  423: "LOCKED",
  503: "UNAVAILABLE",
};

/** The server answered, and not with success: `status` and `body` are its own. */
export class ApiError extends PrefectError {
  readonly code: ErrorCode;
  readonly status: number;
  readonly body: unknown;
  readonly retryAfterSeconds: number | undefined;

  constructor(call: Pick<RouteCall, "group" | "name">, reply: RouteReply) {
    const body = parsed(reply.body);
    super(`${call.group}.${call.name} answered ${reply.status}: ${explanation(body)}`);
    this.code = codeByStatus[reply.status] ?? "UNAVAILABLE";
    this.status = reply.status;
    this.body = body;
    this.retryAfterSeconds = reply.retryAfterSeconds;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function explanation(body: unknown): string {
  if (typeof body !== "object" || body === null) return String(body);
  const { detail, exception_message: message, exception_detail: details } = body as Record<string, unknown>;
  if (Array.isArray(details)) {
    const problems = details.map(({ loc, msg }: { loc?: unknown[]; msg?: string }) => `${loc?.join(".")}: ${msg}`);
    return `${String(message)} ${problems.join("; ")}`;
  }
  return typeof detail === "string" ? detail : String(message ?? JSON.stringify(detail ?? body));
}
