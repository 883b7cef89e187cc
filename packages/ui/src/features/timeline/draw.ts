/** Paints one frame of the timeline. Only rows on the screen are touched, so 10,000 of them cost as much as twenty. */
import { formatDuration } from "../../lib/time.ts";
import { density } from "./density.ts";
import { drawEdges } from "./draw-edges.ts";
import { AXIS_HEIGHT, BAND_HEIGHT, barSpan, type Frame, HEADER_HEIGHT, rowTop, SMALLEST_BAR } from "./frame.ts";
import { rowHeight } from "./layout.ts";
import type { Bar, BarRow, GroupRow, StateSpan } from "./model.ts";
import { tickLabel, ticks, toX } from "./view.ts";

const TICK_GAP = 90;
const BAR_HEIGHT = 14;
const FONT = '12px ui-sans-serif, system-ui, "Segoe UI", Roboto, sans-serif';
const SMALL_FONT = '11px ui-sans-serif, system-ui, "Segoe UI", Roboto, sans-serif';

export function draw(context: CanvasRenderingContext2D, frame: Frame): void {
  const { view, palette, height } = frame;
  const right = view.left + view.width;
  context.fillStyle = palette.ground;
  context.fillRect(0, 0, right, height);
  context.textBaseline = "middle";

  context.save();
  context.beginPath();
  context.rect(0, HEADER_HEIGHT, right, height - HEADER_HEIGHT);
  context.clip();
  drawGrid(context, frame);
  const visible = visibleRows(frame);
  for (const index of visible) drawRow(context, frame, index);
  drawEdges(context, frame, visible);
  context.restore();

  drawHeader(context, frame);
}

function visibleRows({ layout, scrollTop, height }: Frame): number[] {
  const first = Math.max(0, layout.indexAt(scrollTop));
  const bottom = scrollTop + height - HEADER_HEIGHT;
  const indexes: number[] = [];
  for (let index = first; index < layout.rows.length && layout.top(index) < bottom; index += 1) indexes.push(index);
  return indexes;
}

function drawGrid(context: CanvasRenderingContext2D, { view, palette, height }: Frame): void {
  context.fillStyle = palette.line;
  for (const at of ticks(view, TICK_GAP).at) context.fillRect(Math.round(toX(view, at)), 0, 1, height);
}

function drawHeader(context: CanvasRenderingContext2D, frame: Frame): void {
  const { view, palette, model } = frame;
  const right = view.left + view.width;
  context.fillStyle = palette.ground;
  context.fillRect(0, 0, right, HEADER_HEIGHT);
  context.fillStyle = palette.line;
  context.fillRect(0, HEADER_HEIGHT - 1, right, 1);
  context.font = SMALL_FONT;
  context.fillStyle = palette.muted;
  context.textAlign = "left";
  const { at, step } = ticks(view, TICK_GAP);
  for (const tick of at) context.fillText(tickLabel(tick, step), toX(view, tick) + 3, AXIS_HEIGHT / 2);
  for (const span of model.spans) drawSpan(context, frame, span);
}

/** The run's own states, as a band under the axis. */
function drawSpan(context: CanvasRenderingContext2D, { view, palette, model, now }: Frame, span: StateSpan): void {
  const end = span.end ?? Math.max(model.end ?? now, span.start);
  const from = Math.max(view.left, toX(view, span.start));
  const to = Math.min(view.left + view.width, toX(view, end));
  if (to < from) return;
  context.fillStyle = palette.bar[span.type];
  context.fillRect(from, AXIS_HEIGHT, Math.max(SMALLEST_BAR, to - from), BAND_HEIGHT - 3);
}

function drawRow(context: CanvasRenderingContext2D, frame: Frame, index: number): void {
  const row = frame.layout.rows[index];
  if (row === undefined) return;
  const top = rowTop(frame, index);
  const isSelected = row.kind === "bar" && row.bar.id === frame.selected;
  if (isSelected || index === frame.hovered) {
    context.fillStyle = isSelected ? frame.palette.selected : frame.palette.stripe;
    context.fillRect(0, top, frame.view.left + frame.view.width, rowHeight(row));
  }
  if (row.kind === "group") drawGroup(context, frame, row, top);
  else drawBarRow(context, frame, row, top);
}

function drawLabel(context: CanvasRenderingContext2D, frame: Frame, text: string, indent: number, y: number): void {
  context.save();
  context.beginPath();
  context.rect(0, y - 12, frame.view.left - 8, 24);
  context.clip();
  context.font = FONT;
  context.textAlign = "left";
  context.fillStyle = frame.palette.ink;
  context.fillText(text, indent, y);
  context.restore();
}

function drawBarRow(context: CanvasRenderingContext2D, frame: Frame, { bar, isMember }: BarRow, top: number): void {
  const middle = top + rowHeight({ kind: "bar", bar, isMember }) / 2;
  drawLabel(context, frame, bar.kind === "flow-run" ? `↳ ${bar.label}` : bar.label, isMember ? 34 : 16, middle);
  context.save();
  context.beginPath();
  context.rect(frame.view.left, top, frame.view.width, 100);
  context.clip();
  const { from, to } = barSpan(frame, bar);
  context.fillStyle = frame.palette.bar[bar.state];
  context.beginPath();
  context.roundRect(from, middle - BAR_HEIGHT / 2, to - from, BAR_HEIGHT, Math.min(3, (to - from) / 2));
  context.fill();
  if (bar.kind === "flow-run") {
    context.strokeStyle = frame.palette.ink;
    context.lineWidth = 1;
    context.stroke();
  }
  drawTime(context, frame, bar, to, from, middle);
  context.restore();
}

/** The duration, after the bar, or before it where there is no room. */
function drawTime(
  context: CanvasRenderingContext2D,
  { view, palette, now }: Frame,
  bar: Bar,
  to: number,
  from: number,
  y: number,
): void {
  context.font = SMALL_FONT;
  context.fillStyle = palette.muted;
  const text = formatDuration(Math.max(0, (bar.end ?? now) - bar.start) / 1e6);
  const hasRoom = to + 60 < view.left + view.width;
  if (!hasRoom && from - 60 < view.left) return;
  context.textAlign = hasRoom ? "left" : "right";
  context.fillText(text, hasRoom ? to + 5 : from - 5, y);
}

function drawGroup(context: CanvasRenderingContext2D, frame: Frame, row: GroupRow, top: number): void {
  const { view, palette, now } = frame;
  const height = rowHeight(row);
  const count = row.bars.length.toLocaleString("en-GB");
  drawLabel(context, frame, `${row.isOpen ? "▾" : "▸"} ${row.key}`, 12, top + 13);
  context.font = SMALL_FONT;
  context.fillStyle = palette.muted;
  context.textAlign = "left";

  const { peak, columns } = density(row.bars, view, now);
  context.fillText(describeGroup(row, count, peak), 26, top + 28);
  const heights = new Float64Array(Math.ceil(view.width));
  const scale = (height - 8) / Math.max(1, peak);
  for (const [state, counts] of columns) {
    context.fillStyle = palette.bar[state];
    context.beginPath();
    counts.forEach((bars, x) => {
      if (bars === 0) return;
      const below = heights[x] ?? 0;
      // At least a pixel and a half, so that one failure among thousands is seen.
      const size = Math.max(1.5, bars * scale);
      context.rect(view.left + x, top + height - 4 - below - size, 1, size);
      heights[x] = below + size;
    });
    context.fill();
  }
}

/** `× 40 · 1 failed · up to 11 at once`: what the shape does not say by itself. */
function describeGroup({ bars }: GroupRow, count: string, peak: number): string {
  const failed = bars.filter(({ state }) => state === "FAILED" || state === "CRASHED").length;
  const failures = failed === 0 ? "" : ` · ${failed.toLocaleString("en-GB")} failed`;
  return `× ${count}${failures} · up to ${peak.toLocaleString("en-GB")} at once`;
}
