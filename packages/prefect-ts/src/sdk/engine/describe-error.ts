/** `TypeError: x is not a function`: how a run's message names what was thrown, whatever that is. */
export function summarise(error: unknown): string {
  if (error instanceof Error) return `${nameOf(error)}: ${error.message}`;
  return `${typeof error}: ${preview(error)}`;
}

/** `TypeError('x is not a function')`: the same inside a sentence. */
export function quoteError(error: unknown): string {
  if (error instanceof Error) return `${nameOf(error)}('${error.message}')`;
  return preview(error);
}

/** The stack where there is one, for the log. */
export function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return preview(error);
  const stack = withoutEngine(error.stack ?? summarise(error));
  return error.cause === undefined ? stack : `${stack}\nCaused by: ${stackOf(error.cause)}`;
}

/** The frames below the user's function are the engine's, and say nothing of the error. */
function withoutEngine(stack: string): string {
  const end = stack.search(/\n\s+at AsyncLocalStorage\.run /);
  return end < 0 ? stack : stack.slice(0, end);
}

const LONGEST_PREVIEW = 500;

function preview(value: unknown): string {
  try {
    const text = typeof value === "string" ? `'${value}'` : (JSON.stringify(value) ?? String(value));
    return text.length > LONGEST_PREVIEW ? `${text.slice(0, LONGEST_PREVIEW)}…` : text;
  } catch {
    return Object.prototype.toString.call(value);
  }
}

function nameOf(error: Error): string {
  return error.name === "" ? "Error" : error.name;
}

/** `5.0`, `0.25`: seconds as Prefect's messages write them. */
export function secondsText(seconds: number): string {
  return Number.isInteger(seconds) ? seconds.toFixed(1) : String(seconds);
}
