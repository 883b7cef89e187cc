import { barSpan, type Frame, HEADER_HEIGHT, rowTop } from "./frame.ts";
import { rowHeight } from "./layout.ts";
import type { Bar } from "./model.ts";

/** Lines from the end of what came before to the start of what needed it; those of the selected bar stand out. */
export function drawEdges(context: CanvasRenderingContext2D, frame: Frame, visible: readonly number[]): void {
  const { palette, model, selected } = frame;
  context.save();
  context.beginPath();
  context.rect(frame.view.left, HEADER_HEIGHT, frame.view.width, frame.height);
  context.clip();
  if (frame.hasEdges) {
    context.strokeStyle = palette.muted;
    context.globalAlpha = 0.6;
    context.lineWidth = 1;
    strokeAll(context, frame, linesOf(frame, barsOn(frame, visible)));
  }
  const chosen = selected === undefined ? undefined : model.bars.get(selected);
  if (chosen !== undefined) {
    context.strokeStyle = palette.accent;
    context.globalAlpha = 1;
    context.lineWidth = 1.5;
    strokeAll(context, frame, linesOf(frame, [chosen]));
  }
  context.restore();
}

interface Line {
  readonly from: Bar;
  readonly to: Bar;
  readonly fromRow: number;
  readonly toRow: number;
}

function barsOn({ layout }: Frame, visible: readonly number[]): Bar[] {
  return visible.flatMap((index) => {
    const row = layout.rows[index];
    if (row === undefined) return [];
    if (row.kind === "bar") return [row.bar];
    return row.isOpen ? [] : [...row.bars];
  });
}

/**
 * One line for each two rows that are connected, however many bars they stand for: the one that held up the other,
 * which is the last end before the first start.
 */
export function linesOf(frame: Pick<Frame, "model" | "layout">, bars: readonly Bar[]): Line[] {
  const { model, layout } = frame;
  const lines = new Map<string, Line>();
  const add = (from: Bar | undefined, to: Bar | undefined): void => {
    const fromRow = from && layout.indexOf(from.id);
    const toRow = to && layout.indexOf(to.id);
    if (from === undefined || to === undefined || fromRow === undefined || toRow === undefined) return;
    if (fromRow === toRow) return;
    const key = `${fromRow} ${toRow}`;
    const before = lines.get(key);
    if (before === undefined || isTighter(from, to, before)) lines.set(key, { from, to, fromRow, toRow });
  };
  for (const bar of bars) {
    for (const id of bar.parents) add(model.bars.get(id), bar);
    for (const id of bar.children) add(bar, model.bars.get(id));
  }
  return [...lines.values()];
}

function isTighter(from: Bar, to: Bar, than: Line): boolean {
  if (to.start !== than.to.start) return to.start < than.to.start;
  return (from.end ?? Number.POSITIVE_INFINITY) > (than.from.end ?? Number.POSITIVE_INFINITY);
}

function strokeAll(context: CanvasRenderingContext2D, frame: Frame, lines: readonly Line[]): void {
  context.beginPath();
  for (const { from, to, fromRow, toRow } of lines) {
    const start = { x: barSpan(frame, from).to, y: middleOf(frame, fromRow) };
    const end = { x: barSpan(frame, to).from, y: middleOf(frame, toRow) };
    const bend = Math.max(12, Math.abs(end.x - start.x) / 2);
    context.moveTo(start.x, start.y);
    context.bezierCurveTo(start.x + bend, start.y, end.x - bend, end.y, end.x, end.y);
  }
  context.stroke();
}

function middleOf(frame: Frame, index: number): number {
  const row = frame.layout.rows[index];
  return rowTop(frame, index) + (row === undefined ? 0 : rowHeight(row) / 2);
}
