import { z } from "zod";
import { CLOSE, type Connection } from "./connection.ts";
import { objectOf } from "./handshake.ts";

export interface FilterFrame<Filter> {
  readonly filter: Filter;
  readonly message: Readonly<Record<string, unknown>>;
}

/** The frame after the handshake says what is asked for; undefined when the connection was closed instead. */
export async function receiveFilter<Schema extends z.ZodType>(
  connection: Connection,
  schema: Schema,
): Promise<FilterFrame<z.output<Schema>> | undefined> {
  const frame = await connection.receive();
  if (frame === undefined) return undefined;
  const message = objectOf(frame);
  if (message?.["type"] !== "filter") {
    connection.close(CLOSE.protocolError, "Expected 'filter' message");
    return undefined;
  }
  const parsed = schema.safeParse(message["filter"]);
  if (parsed.success) return { filter: parsed.data, message };
  connection.close(CLOSE.protocolError, `Invalid filter: ${z.prettifyError(parsed.error)}`);
  return undefined;
}
