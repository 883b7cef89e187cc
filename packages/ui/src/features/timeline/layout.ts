import type { Row } from "./model.ts";

export const BAR_ROW_HEIGHT = 24;
export const GROUP_ROW_HEIGHT = 40;

/** Where each row stands, from the top of the first; found in logarithmic time, for there may be 10,000. */
export interface RowLayout {
  readonly rows: readonly Row[];
  readonly height: number;
  top(index: number): number;
  /** The row at this height, or -1. */
  indexAt(y: number): number;
  /** The row that a bar is drawn in: its own, or its closed group's. */
  indexOf(barId: string): number | undefined;
}

export function rowHeight(row: Row): number {
  return row.kind === "group" ? GROUP_ROW_HEIGHT : BAR_ROW_HEIGHT;
}

export function layOut(rows: readonly Row[]): RowLayout {
  const tops = new Float64Array(rows.length + 1);
  const byBar = new Map<string, number>();
  rows.forEach((row, index) => {
    tops[index + 1] = (tops[index] ?? 0) + rowHeight(row);
    if (row.kind === "bar") byBar.set(row.bar.id, index);
    else if (!row.isOpen) for (const bar of row.bars) byBar.set(bar.id, index);
  });
  const height = tops[rows.length] ?? 0;

  return {
    rows,
    height,
    top: (index) => tops[index] ?? height,
    indexOf: (barId) => byBar.get(barId),
    indexAt(y) {
      if (y < 0 || y >= height) return -1;
      let low = 0;
      let high = rows.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((tops[middle] ?? 0) <= y) low = middle;
        else high = middle - 1;
      }
      return low;
    },
  };
}
