import { parseJson } from "../../domain/json.ts";
import type { Logger } from "../../platform/logger.ts";
import { isSameText } from "../request-checks.ts";
import { CLOSE, type Connection } from "./connection.ts";

/** The name of the protocol that Prefect's clients offer; they fail unless it is accepted. */
export const SUBPROTOCOL = "prefect";

/**
 * The client says who it is in its first frame (also when no password is asked for); answers whether it may go on.
 * `authString` is compared as it is, while HTTP has it in base64.
 */
export async function authenticate(
  connection: Connection,
  authString: string | undefined,
  logger: Logger,
): Promise<boolean> {
  const frame = await connection.receive();
  if (frame === undefined) return false;
  const refusal = refuse(objectOf(frame), authString);
  if (refusal === undefined) {
    await connection.send('{"type":"auth_success"}');
    return true;
  }
  logger.warn(`A WebSocket was refused: ${refusal}`);
  connection.close(CLOSE.policyViolation, refusal);
  return false;
}

function refuse(message: Record<string, unknown> | undefined, authString: string | undefined): string | undefined {
  if (message?.["type"] !== "auth") return "Expected 'auth' message";
  if (authString === undefined) return undefined;
  const token = message["token"];
  if (typeof token !== "string" || token === "") return "Auth required but no token provided";
  return isSameText(token, authString) ? undefined : "Invalid token";
}

/** The object a frame spells; undefined when it spells none. */
export function objectOf(frame: string): Record<string, unknown> | undefined {
  try {
    const value = parseJson(frame);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
