/** The part of time that is on the screen, and where on the screen it is. Pure arithmetic, in microseconds and pixels. */
export interface View {
  readonly from: number;
  readonly to: number;
  readonly left: number;
  readonly width: number;
}

const SMALLEST_SPAN_MICROS = 50;
/** Room after the last bar, as a part of the whole. */
const MARGIN = 0.03;

export function toX(view: View, at: number): number {
  return view.left + ((at - view.from) / (view.to - view.from)) * view.width;
}

export function toTime(view: View, x: number): number {
  return view.from + ((x - view.left) / view.width) * (view.to - view.from);
}

/** Shows everything from zero to `end`. */
export function fit(view: View, end: number): View {
  const span = Math.max(end, SMALLEST_SPAN_MICROS);
  return { ...view, from: -span * MARGIN * 0.3, to: span * (1 + MARGIN) };
}

/** `factor` below 1 comes closer; what is under `x` stays there. Never farther than the whole. */
export function zoom(view: View, factor: number, x: number, end: number): View {
  const whole = fit(view, end);
  const span = Math.max(SMALLEST_SPAN_MICROS, (view.to - view.from) * factor);
  if (span >= whole.to - whole.from) return whole;
  const at = toTime(view, x);
  const from = at - ((x - view.left) / view.width) * span;
  return keepInside({ ...view, from, to: from + span }, whole);
}

export function pan(view: View, pixels: number, end: number): View {
  const shift = (pixels / view.width) * (view.to - view.from);
  return keepInside({ ...view, from: view.from + shift, to: view.to + shift }, fit(view, end));
}

/** The same zoom around these moments; unchanged when they are partly in sight. */
export function centerOn(view: View, start: number, end: number, last: number): View {
  if (start <= view.to && end >= view.from) return view;
  const span = view.to - view.from;
  const from = (start + end) / 2 - span / 2;
  return keepInside({ ...view, from, to: from + span }, fit(view, last));
}

function keepInside(view: View, whole: View): View {
  const span = view.to - view.from;
  const from = Math.min(Math.max(view.from, whole.from), whole.to - span);
  return { ...view, from, to: from + span };
}

const STEPS = [1, 2, 5];

/** Round moments for the axis, at least `gap` pixels apart. */
export function ticks(view: View, gap: number): { readonly at: readonly number[]; readonly step: number } {
  const least = ((view.to - view.from) / view.width) * gap;
  const step = least < 60_000_000 ? decimalStep(least) : clockStep(least);
  const at: number[] = [];
  for (let tick = Math.max(0, Math.ceil(view.from / step)) * step; tick <= view.to; tick += step) at.push(tick);
  return { at, step };
}

function decimalStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const found = STEPS.find((step) => step * power >= least);
  return found === undefined ? 10 * power : found * power;
}

/** Minutes and hours do not come in tens. */
const CLOCK_STEPS_SECONDS = [60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400];

function clockStep(least: number): number {
  const found = CLOCK_STEPS_SECONDS.find((seconds) => seconds * 1_000_000 >= least);
  return (found ?? Math.ceil(least / 86_400_000_000) * 86_400) * 1_000_000;
}

/** `0`, `+250 µs`, `+20 ms`, `+1.5 s`, `+2:30`, `+1:05:00`: as exact as the distance of the ticks needs. */
export function tickLabel(at: number, step: number): string {
  if (at === 0) return "0";
  if (step < 1000) return at < 1000 ? `+${Math.round(at)} µs` : `+${trim(at / 1000, 3)} ms`;
  if (step < 1_000_000) return at < 1_000_000 ? `+${trim(at / 1000, 0)} ms` : `+${trim(at / 1_000_000, 3)} s`;
  const seconds = Math.round(at / 1_000_000);
  if (seconds < 60) return `+${seconds} s`;
  const two = (value: number) => String(value).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `+${minutes}:${two(seconds % 60)}`;
  return `+${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

function trim(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)));
}
