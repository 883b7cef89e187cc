/**
 * Writes log lines to stderr. On a terminal each line appears at once; into a file or a pipe the lines of one turn of
 * the event loop go together, because a system call for each would cost more than most tasks do.
 */
import { writeSync } from "node:fs";

const MOST_WAITING = 128;
const STDERR = 2;
let waiting: string[] = [];
let isPlanned = false;

export function writeLogLine(line: string): void {
  waiting.push(line);
  if (process.stderr.isTTY || waiting.length >= MOST_WAITING) flushLogLines();
  else if (!isPlanned) {
    isPlanned = true;
    setImmediate(flushLogLines);
  }
}

function flushLogLines(): void {
  isPlanned = false;
  if (waiting.length === 0) return;
  const text = `${waiting.join("\n")}\n`;
  waiting = [];
  process.stderr.write(text);
}

/** For the end of the process: nothing asynchronous is written any more. */
export function flushLogLinesNow(): void {
  if (waiting.length === 0) return;
  const text = `${waiting.join("\n")}\n`;
  waiting = [];
  try {
    writeSync(STDERR, text);
  } catch {
    // A full pipe or a closed stderr; the logs are with the server all the same.
  }
}
