import { ConflictError, InvalidInputError } from "../../domain/errors.ts";

/** A broken constraint becomes an error with a code; anything else stays what it is. */
export function translateSqliteError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (/UNIQUE constraint failed/.test(error.message)) return conflict(error);
  if (/FOREIGN KEY constraint failed/.test(error.message)) return conflict(error);
  if (/string or blob too big/.test(error.message)) {
    return new InvalidInputError("A value is too large for the database.", { cause: error });
  }
  return error;
}

function conflict(cause: Error): ConflictError {
  return new ConflictError(
    "Data integrity conflict. This usually means a unique or foreign key constraint was violated. See server logs for details.",
    { cause },
  );
}
