import { barSpan, type Frame, HEADER_HEIGHT, rowTop } from "./frame.ts";
import { rowHeight } from "./layout.ts";
import type { Bar } from "./model.ts";

/** More lines than this say nothing to the eye. */
const MOST_EDGES = 4000;

/** Lines from the end of what came before to the start of what needed it; those of the selected bar stand out. */
export function drawEdges(context: CanvasRenderingContext2D, frame: Frame, visible: readonly number[]): void {
  const { palette, model, selected } = frame;
  context.save();
  context.beginPath();
  context.rect(frame.view.left, HEADER_HEIGHT, frame.view.width, frame.height);
  context.clip();
  if (frame.hasEdges) {
    context.strokeStyle = palette.muted;
    context.globalAlpha = 0.45;
    context.lineWidth = 1;
    strokeAll(context, frame, edgesOf(frame, visible));
  }
  const chosen = selected === undefined ? undefined : model.bars.get(selected);
  if (chosen !== undefined) {
    context.strokeStyle = palette.accent;
    context.globalAlpha = 1;
    context.lineWidth = 1.5;
    strokeAll(context, frame, new Set(edgesAt(chosen)));
  }
  context.restore();
}

type Edge = readonly [from: string, to: string];

function edgesAt(bar: Bar): Edge[] {
  return [...bar.parents.map((id): Edge => [id, bar.id]), ...bar.children.map((id): Edge => [bar.id, id])];
}

function edgesOf({ layout }: Frame, visible: readonly number[]): Set<Edge> {
  const edges = new Map<string, Edge>();
  for (const index of visible) {
    const row = layout.rows[index];
    const bars = row === undefined ? [] : row.kind === "bar" ? [row.bar] : row.isOpen ? [] : row.bars;
    for (const bar of bars) {
      for (const edge of edgesAt(bar)) {
        if (edges.size >= MOST_EDGES) return new Set(edges.values());
        edges.set(edge.join(), edge);
      }
    }
  }
  return new Set(edges.values());
}

function strokeAll(context: CanvasRenderingContext2D, frame: Frame, edges: ReadonlySet<Edge>): void {
  context.beginPath();
  for (const [from, to] of edges) {
    const start = anchor(frame, from, "to");
    const end = anchor(frame, to, "from");
    if (start === undefined || end === undefined) continue;
    const bend = Math.max(12, Math.abs(end.x - start.x) / 2);
    context.moveTo(start.x, start.y);
    context.bezierCurveTo(start.x + bend, start.y, end.x - bend, end.y, end.x, end.y);
  }
  context.stroke();
}

function anchor(frame: Frame, id: string, side: "from" | "to"): { x: number; y: number } | undefined {
  const bar = frame.model.bars.get(id);
  const index = frame.layout.indexOf(id);
  const row = index === undefined ? undefined : frame.layout.rows[index];
  if (bar === undefined || index === undefined || row === undefined) return undefined;
  return { x: barSpan(frame, bar)[side], y: rowTop(frame, index) + rowHeight(row) / 2 };
}
