/** Prefect's console log line: `16:08:59.356 | INFO    | Flow run 'crouching-kittiwake' - Beginning …`, and its colours. */
import { type Instant, toMs } from "../domain/instant.ts";

/** The levels of Python's logging; between two named ones any number is allowed. */
export const logLevels = { DEBUG: 10, INFO: 20, WARNING: 30, ERROR: 40, CRITICAL: 50 } as const;

export interface LogLine {
  readonly time: Instant;
  /** Python's number, 20 for INFO. */
  readonly level: number;
  /** What stands before the dash: the logger's name, `Flow run 'x'` or `Task run 'x'`. */
  readonly origin: string;
  readonly message: string;
}

const LEVEL_WIDTH = 7;

/** The line without a line end, in the local time zone. */
export function formatLogLine({ time, level, origin, message }: LogLine): string {
  return `${formatLogTime(time)} | ${levelName(level).padEnd(LEVEL_WIDTH)} | ${origin} - ${message}`;
}

/** `16:08:59.356`, in the local time zone. */
function formatLogTime(time: Instant): string {
  const date = new Date(toMs(time));
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => String(part).padStart(2, "0"));
  return `${clock.join(":")}.${String(date.getMilliseconds()).padStart(3, "0")}`;
}

/** `INFO` for 20; Python calls a level without a name `Level 25`. */
export function levelName(level: number): string {
  for (const [name, value] of Object.entries(logLevels)) if (value === level) return name;
  return `Level ${level}`;
}

export function flowRunOrigin(flowRunName: string): string {
  return `Flow run ${quoted(flowRunName)}`;
}

export function taskRunOrigin(taskRunName: string): string {
  return `Task run ${quoted(taskRunName)}`;
}

/** As Python's `repr` writes a string: in single quotes, in double ones when that saves escaping. */
export function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text
    .replaceAll("\\", "\\\\")
    .replaceAll(quote, `\\${quote}`)
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r")
    .replaceAll("\t", "\\t");
  return quote + escaped + quote;
}

const CYAN = "36";
const GREEN = "32";
const MAGENTA = "35";
const BRIGHT_RED = "91";
const BRIGHT_BLUE = "94";
/** `yellow3` and `red3` of rich, in the palette of 256 colours. */
const YELLOW = "38;5;184";
const RED = "38;5;160";

/** Colours by pattern, later ones inside what earlier ones left plain. */
const paints: readonly (readonly [RegExp, string])[] = [
  [/\bINFO\b/g, CYAN],
  [/\bWARNING\b/g, YELLOW],
  [/\bERROR\b/g, RED],
  [/\bCRITICAL\b/g, BRIGHT_RED],
  [/\b(?:https?|wss?|file):\/\/[\w$\-+!`(),.?/;:&=%#]*/g, BRIGHT_BLUE],
  [/(?<=flow run) '.*?'/gi, MAGENTA],
  [/(?<=flow) '.*?'/gi, `1;${MAGENTA}`],
  [/\bCompleted\b/g, GREEN],
  [/\bCancelled\b/g, YELLOW],
  [/\bFailed\b/g, RED],
  [/\bCrashed\b/g, BRIGHT_RED],
  [/\bCached(?=\(type=COMPLETED\))/g, BRIGHT_BLUE],
];

/** The line with terminal colours for levels, addresses, names and states. */
export function paintLogLine(line: string): string {
  let painted = line;
  for (const [pattern, colour] of paints)
    painted = painted.replace(pattern, (found) => `\u001b[${colour}m${found}\u001b[0m`);
  return painted;
}
