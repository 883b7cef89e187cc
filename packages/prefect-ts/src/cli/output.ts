import { CliError } from "./cli-error.ts";
import { textPanel } from "./render/panel.ts";
import { createPainter, type Painter, type Style } from "./render/style.ts";
import { renderTable, type Table } from "./render/table.ts";
import { wrapped } from "./render/text.ts";

const DEFAULT_WIDTH = 80;

/** Where a command tells its results: stdout, in colours and wrapped as the settings and the terminal allow. */
export interface Output {
  readonly width: number;
  readonly paint: Painter;
  /** A paragraph, wrapped at the terminal's width. */
  print(text: string, style?: Style): void;
  /** A line that stays whole, for what is copied or parsed. */
  line(text: string, style?: Style): void;
  success(text: string): void;
  /** Indented JSON and nothing else. */
  json(value: unknown): void;
  table(table: Table): void;
  /** Why the command failed. On stderr when stdout is for JSON. */
  failure(text: string, options?: { readonly isJson?: boolean }): void;
  /** A mistake in the command line, in a box on stderr. */
  usageError(text: string): void;
  /** For the log of whoever watches; on stderr. */
  note(text: string, style?: Style): void;
}

export interface OutputStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export interface OutputOptions {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly hasColors: boolean;
  readonly isWrapping: boolean;
  /** COLUMNS, which is stronger than the terminal's own width. */
  readonly columns: string | undefined;
}

export function createOutput({ stdout, stderr, hasColors, isWrapping, columns }: OutputOptions): Output {
  const width = Number(columns) > 0 ? Number(columns) : stdout.columns || DEFAULT_WIDTH;
  const paint = createPainter(hasColors);

  function write(stream: OutputStream, text: string, style: Style | undefined, wraps: boolean): void {
    const lines = wraps ? wrapped(text, width) : text.split("\n");
    stream.write(`${lines.map((line) => paint(line, style)).join("\n")}\n`);
  }

  return {
    width,
    paint,
    print: (text, style) => write(stdout, text, style, isWrapping),
    line: (text, style) => write(stdout, text, style, false),
    success: (text) => write(stdout, text, "green", isWrapping),
    json: (value) => write(stdout, JSON.stringify(value, null, 2), undefined, false),
    table: (table) => write(stdout, renderTable(table, width, paint), undefined, false),
    failure: (text, { isJson = false } = {}) => write(isJson ? stderr : stdout, text, "red", isWrapping),
    usageError: (text) => write(stderr, textPanel("Error", text, width, paint, "red"), undefined, false),
    note: (text, style) => write(stderr, text, style, false),
  };
}

/** Whether `-o json` was given; any other word is refused. */
export function isJsonWanted(output: string | undefined): boolean {
  if (output === undefined) return false;
  if (output.toLowerCase() === "json") return true;
  throw new CliError("Only 'json' output format is supported.");
}
