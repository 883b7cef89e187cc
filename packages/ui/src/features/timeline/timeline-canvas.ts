/**
 * The canvas and what hands do on it: drag to pan, Ctrl and wheel to zoom, click to select, the scroller's own scroll
 * for rows. It paints when something changed, and while the run is on, ten times a second; never for its own sake.
 */
import { currentInstant } from "../../lib/time.ts";
import { draw } from "./draw.ts";
import { barSpan, type Frame, HEADER_HEIGHT } from "./frame.ts";
import { BAR_ROW_HEIGHT, type RowLayout } from "./layout.ts";
import type { Bar, TimelineModel } from "./model.ts";
import { readPalette } from "./palette.ts";
import { centerOn, fit, pan, type View, zoom } from "./view.ts";

export interface TimelineScene {
  readonly model: TimelineModel;
  readonly layout: RowLayout;
  readonly selected: string | undefined;
  readonly hasEdges: boolean;
  readonly isLive: boolean;
}

export interface TimelineCallbacks {
  onSelect(bar: Bar | undefined): void;
  onOpen(bar: Bar): void;
  onToggleGroup(key: string): void;
  onHover(hover: { readonly bar: Bar; readonly x: number; readonly y: number } | undefined): void;
}

const WIDE_GUTTER = 230;
const NARROW_GUTTER = 160;
const NARROW_BELOW = 900;
const LIVE_MS = 100;
const CLICK_PIXELS = 4;
const WHEEL_ZOOM = 0.0015;

export class TimelineCanvas {
  private readonly canvas: HTMLCanvasElement;
  private readonly scroller: HTMLElement;
  private readonly callbacks: TimelineCallbacks;
  private readonly listening = new AbortController();
  private readonly observer: ResizeObserver;
  private scene: TimelineScene | undefined;
  private isDark: boolean | undefined;
  private palette = readPalette();
  private view: View = { from: 0, to: 1, left: WIDE_GUTTER, width: 1 };
  /** The view shows the whole run, also while it grows. */
  private isFitted = true;
  private hovered = -1;
  private height = 1;
  private request = 0;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(canvas: HTMLCanvasElement, scroller: HTMLElement, callbacks: TimelineCallbacks) {
    this.canvas = canvas;
    this.scroller = scroller;
    this.callbacks = callbacks;
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(scroller);
    this.listen();
    this.resize();
  }

  show(scene: TimelineScene): void {
    this.scene = scene;
    clearInterval(this.timer);
    this.timer = scene.isLive ? setInterval(() => this.requestDraw(), LIVE_MS) : undefined;
    this.requestDraw();
  }

  fit(): void {
    this.isFitted = true;
    this.requestDraw();
  }

  /** Below 1 comes closer, around the middle. */
  zoomBy(factor: number, x = this.view.left + this.view.width / 2): void {
    this.view = zoom(this.view, factor, x, this.extent());
    this.isFitted = false;
    this.requestDraw();
  }

  /** Brings a bar and its row into sight, if they are not. */
  reveal(bar: Bar): void {
    const { layout } = this.scene ?? {};
    const index = layout?.indexOf(bar.id);
    if (layout === undefined || index === undefined) return;
    this.view = centerOn(this.view, bar.start, bar.end ?? this.now(), this.extent());
    const top = layout.top(index);
    const room = this.height - HEADER_HEIGHT - BAR_ROW_HEIGHT;
    if (top < this.scroller.scrollTop || top > this.scroller.scrollTop + room) this.scroller.scrollTop = top - room / 2;
    this.requestDraw();
  }

  panBy(pixels: number): void {
    this.view = pan(this.view, pixels, this.extent());
    this.isFitted = false;
    this.requestDraw();
  }

  changeColors(isDark: boolean): void {
    if (isDark === this.isDark) return;
    this.isDark = isDark;
    this.palette = readPalette();
    this.requestDraw();
  }

  destroy(): void {
    this.listening.abort();
    this.observer.disconnect();
    clearInterval(this.timer);
    cancelAnimationFrame(this.request);
  }

  private now(): number {
    const { model, isLive } = this.scene ?? {};
    if (model === undefined) return 0;
    return isLive ? Math.max(0, currentInstant() - model.origin) : (model.end ?? lastMoment(model));
  }

  /** Where time ends on the axis. */
  private extent(): number {
    if (this.scene === undefined) return 1;
    return Math.max(this.now(), lastMoment(this.scene.model));
  }

  private resize(): void {
    const { clientWidth, clientHeight } = this.scroller;
    const ratio = window.devicePixelRatio;
    this.canvas.width = Math.round(clientWidth * ratio);
    this.canvas.height = Math.round(clientHeight * ratio);
    this.canvas.style.width = `${clientWidth}px`;
    this.canvas.style.height = `${clientHeight}px`;
    this.height = clientHeight;
    const left = clientWidth < NARROW_BELOW ? NARROW_GUTTER : WIDE_GUTTER;
    this.view = { ...this.view, left, width: Math.max(1, clientWidth - left) };
    this.requestDraw();
  }

  private requestDraw(): void {
    cancelAnimationFrame(this.request);
    this.request = requestAnimationFrame(() => this.paint());
  }

  private paint(): void {
    const frame = this.frame();
    const context = this.canvas.getContext("2d", { alpha: false });
    if (frame === undefined || context === null) return;
    const ratio = window.devicePixelRatio;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    draw(context, frame);
  }

  private frame(): Frame | undefined {
    if (this.scene === undefined) return undefined;
    if (this.isFitted) this.view = fit(this.view, this.extent());
    const { scrollTop } = this.scroller;
    const { view, palette, height, hovered } = this;
    return { ...this.scene, view, palette, height, hovered, scrollTop, now: this.now() };
  }

  private listen(): void {
    const { signal } = this.listening;
    this.scroller.addEventListener("scroll", () => this.requestDraw(), { signal, passive: true });
    this.canvas.addEventListener("wheel", (event) => this.onWheel(event), { signal, passive: false });
    this.canvas.addEventListener("pointerdown", (event) => this.onPointerDown(event), { signal });
    this.canvas.addEventListener("pointermove", (event) => this.onPointerMove(event), { signal });
    this.canvas.addEventListener("pointerleave", () => this.setHover(-1), { signal });
    this.canvas.addEventListener("dblclick", (event) => this.onDoubleClick(event), { signal });
  }

  private onWheel(event: WheelEvent): void {
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      this.zoomBy(Math.exp(event.deltaY * WHEEL_ZOOM * (event.deltaMode === 1 ? 20 : 1)), event.offsetX);
    } else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      event.preventDefault();
      this.panBy(event.deltaX || event.deltaY);
    }
  }

  private onPointerDown(event: PointerEvent): void {
    if (event.button !== 0) return;
    const drag = new AbortController();
    let moved = 0;
    this.canvas.setPointerCapture(event.pointerId);
    const onMove = ({ movementX }: PointerEvent) => {
      moved += Math.abs(movementX);
      if (moved > CLICK_PIXELS) this.panBy(-movementX);
    };
    const onUp = (up: PointerEvent) => {
      drag.abort();
      if (moved <= CLICK_PIXELS) this.onClick(up);
    };
    const signal = AbortSignal.any([drag.signal, this.listening.signal]);
    this.canvas.addEventListener("pointermove", onMove, { signal });
    this.canvas.addEventListener("pointerup", onUp, { signal });
    this.canvas.addEventListener("pointercancel", () => drag.abort(), { signal });
  }

  private rowAt(y: number): number {
    if (y < HEADER_HEIGHT) return -1;
    return this.scene?.layout.indexAt(y - HEADER_HEIGHT + this.scroller.scrollTop) ?? -1;
  }

  private onClick({ offsetY }: PointerEvent): void {
    const row = this.scene?.layout.rows[this.rowAt(offsetY)];
    if (row?.kind === "group") this.callbacks.onToggleGroup(row.key);
    else this.callbacks.onSelect(row?.bar);
  }

  private onDoubleClick({ offsetY }: MouseEvent): void {
    const row = this.scene?.layout.rows[this.rowAt(offsetY)];
    if (row?.kind === "bar") this.callbacks.onOpen(row.bar);
  }

  private onPointerMove({ offsetX, offsetY }: PointerEvent): void {
    const index = this.rowAt(offsetY);
    this.setHover(index);
    const row = this.scene?.layout.rows[index];
    const frame = this.frame();
    this.canvas.style.cursor = row === undefined ? "default" : "pointer";
    const isOver = row?.kind === "bar" && frame !== undefined && isOnBar(frame, row.bar, offsetX);
    this.callbacks.onHover(isOver ? { bar: row.bar, x: offsetX, y: offsetY } : undefined);
  }

  private setHover(index: number): void {
    if (index === -1) this.callbacks.onHover(undefined);
    if (index === this.hovered) return;
    this.hovered = index;
    this.requestDraw();
  }
}

/** On the bar, or on its label. */
function isOnBar(frame: Frame, bar: Bar, x: number): boolean {
  const { from, to } = barSpan(frame, bar);
  return x < frame.view.left || (x >= from - 3 && x <= to + 3);
}

function lastMoment(model: TimelineModel): number {
  let last = model.end ?? 0;
  for (const bar of model.bars.values()) last = Math.max(last, bar.end ?? bar.start);
  return last;
}
