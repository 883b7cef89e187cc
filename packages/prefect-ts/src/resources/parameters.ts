import { InvalidInputError } from "../domain/errors.ts";
import { jsonText } from "../domain/json.ts";
import type { JsonText } from "../storage/tables.ts";

/** A run's parameters as they are stored. Throws when they are larger than the server allows; zero allows any size. */
export function checkedParameters(parameters: Record<string, unknown>, maxBytes: number): JsonText {
  const text = jsonText(parameters);
  if (maxBytes <= 0 || text.length * 3 <= maxBytes) return text;
  const bytes = Buffer.byteLength(text);
  if (bytes <= maxBytes) return text;
  throw new InvalidInputError(
    `Flow run parameters must be less than ${maxBytes.toLocaleString("en")} bytes when serialized ` +
      `(got ${bytes.toLocaleString("en")} bytes). Pass a reference to large data instead, or raise ` +
      "PREFECT_SERVER_API_MAX_PARAMETER_SIZE.",
  );
}
