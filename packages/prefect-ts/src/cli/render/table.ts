/**
 * Tables in rich's manner: heavy head, a title above, a caption below. Columns are as wide as their content; when that
 * is too wide for the terminal, those that may wrap give way first, the widest most, and then all of them alike.
 */
import type { Painter, Style } from "./style.ts";
import { centered, padEnd, padStart, textWidth, truncated, wrapped } from "./text.ts";

export interface Column {
  readonly title: string;
  readonly style?: Style;
  readonly align?: "left" | "right";
  /** Cuts with an ellipsis instead of breaking lines. */
  readonly isNoWrap?: boolean;
}

/** A cell with a style of its own, or plain text in the column's. */
export type Cell = string | { readonly text: string; readonly style: Style };

export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  readonly title?: string;
  readonly caption?: string;
}

const PADDING = 2;

export function renderTable(table: Table, maxWidth: number, paint: Painter): string {
  const { columns, rows } = table;
  const widths = columnWidths(table, maxWidth - columns.length - 1).map((width) => Math.max(0, width - PADDING));
  const total = widths.reduce((sum, width) => sum + width + PADDING, columns.length + 1);
  const rule = (left: string, fill: string, middle: string, right: string) =>
    left + widths.map((width) => fill.repeat(width + PADDING)).join(middle) + right;
  const head = columns.map(({ title }) => ({ text: title, style: "bold" as const }));

  const lines = [
    ...banner(table.title, total, "italic", paint),
    rule("┏", "━", "┳", "┓"),
    ...rowLines(columns, head, widths, "┃", paint),
    rule("┡", "━", "╇", "┩"),
    ...rows.flatMap((row) => rowLines(columns, row, widths, "│", paint)),
    rule("└", "─", "┴", "┘"),
    ...banner(table.caption, total, "dim italic", paint),
  ];
  return lines.join("\n");
}

function banner(text: string | undefined, width: number, style: Style, paint: Painter): string[] {
  if (text === undefined) return [];
  return wrapped(text, width).map((line) => paint(centered(line.trimEnd(), width), style));
}

function rowLines(
  columns: readonly Column[],
  row: readonly Cell[],
  widths: readonly number[],
  bar: string,
  paint: Painter,
): string[] {
  const cells = columns.map((column, index) => cellLines(column, row[index] ?? "", widths[index] ?? 0, paint));
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) => {
    const parts = cells.map((lines, index) => ` ${lines[line] ?? " ".repeat(widths[index] ?? 0)} `);
    return bar + parts.join(bar) + bar;
  });
}

function cellLines(column: Column, cell: Cell, width: number, paint: Painter): string[] {
  const { text, style } = typeof cell === "string" ? { text: cell, style: column.style } : cell;
  const lines =
    column.isNoWrap === true ? text.split("\n").map((line) => truncated(line, width)) : wrapped(text, width, "cut");
  const pad = column.align === "right" ? padStart : padEnd;
  return lines.map((line) => paint(pad(line.trimEnd(), width), style));
}

/** Widths with their padding that together fit into `available` columns, if that can be. */
function columnWidths({ columns, rows }: Table, available: number): number[] {
  const natural = columns.map(({ title }, index) => {
    const texts = [
      title,
      ...rows.map((row) => row[index] ?? "").map((cell) => (typeof cell === "string" ? cell : cell.text)),
    ];
    return Math.max(...texts.flatMap((text) => text.split("\n")).map(textWidth)) + PADDING;
  });
  if (sum(natural) <= available) return natural;
  const collapsed = collapse(
    natural,
    columns.map(({ isNoWrap }) => isNoWrap !== true),
    available,
  );
  const excess = sum(collapsed) - available;
  return excess > 0
    ? reduce(
        excess,
        collapsed.map(() => 1),
        collapsed,
        collapsed,
      )
    : collapsed;
}

/** Takes the widest columns that may wrap down to the next widest, until the table fits or they are all alike. */
function collapse(natural: readonly number[], canWrap: readonly boolean[], available: number): number[] {
  let widths = [...natural];
  let excess = sum(widths) - available;
  while (excess > 0 && canWrap.includes(true)) {
    const widest = Math.max(...widths.filter((_, index) => canWrap[index]));
    const next = Math.max(0, ...widths.filter((width, index) => canWrap[index] && width !== widest));
    const ratios = widths.map((width, index) => (canWrap[index] && width === widest ? 1 : 0));
    if (widest === next) break;
    const limit = Math.min(excess, widest - next);
    widths = reduce(
      excess,
      ratios,
      widths.map(() => limit),
      widths,
    );
    excess = sum(widths) - available;
  }
  return widths;
}

/** Takes `total` away from the widths, shared by ratio, none more than its limit. */
function reduce(
  total: number,
  ratios: readonly number[],
  limits: readonly number[],
  widths: readonly number[],
): number[] {
  let leftToTake = total;
  let leftOfRatios = sum(ratios.filter((_, index) => (limits[index] ?? 0) > 0));
  return widths.map((width, index) => {
    const ratio = (limits[index] ?? 0) > 0 ? (ratios[index] ?? 0) : 0;
    if (ratio === 0 || leftOfRatios <= 0) return width;
    const taken = Math.min(limits[index] ?? 0, roundHalfEven((ratio * leftToTake) / leftOfRatios));
    leftToTake -= taken;
    leftOfRatios -= ratio;
    return width - taken;
  });
}

/** As Python rounds, so that tables fold at the same columns as Prefect's. */
function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
