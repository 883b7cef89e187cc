/** What one frame of the timeline is made of, and where in it things stand. */
import type { RowLayout } from "./layout.ts";
import type { Bar, TimelineModel } from "./model.ts";
import type { Palette } from "./palette.ts";
import { toX, type View } from "./view.ts";

export const AXIS_HEIGHT = 22;
export const BAND_HEIGHT = 8;
export const HEADER_HEIGHT = AXIS_HEIGHT + BAND_HEIGHT;
/** Narrower, a bar could not be seen. */
export const SMALLEST_BAR = 2;

export interface Frame {
  readonly model: TimelineModel;
  readonly layout: RowLayout;
  readonly view: View;
  readonly palette: Palette;
  readonly scrollTop: number;
  readonly height: number;
  /** Microseconds since the origin: where bars without an end reach. */
  readonly now: number;
  readonly selected: string | undefined;
  readonly hovered: number;
  readonly hasEdges: boolean;
}

export function rowTop(frame: Pick<Frame, "layout" | "scrollTop">, index: number): number {
  return HEADER_HEIGHT + frame.layout.top(index) - frame.scrollTop;
}

export function barSpan({ view, now }: Pick<Frame, "view" | "now">, bar: Bar): { from: number; to: number } {
  const from = toX(view, bar.start);
  return { from, to: Math.max(from + SMALLEST_BAR, toX(view, bar.end ?? now)) };
}
