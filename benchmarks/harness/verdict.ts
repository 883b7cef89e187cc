import type { Promised } from "./promises.ts";

/** `below half`: the only one that CI fails on. */
export type Verdict = "kept" | "missed" | "below half";

export interface Figure {
  readonly value: number;
  readonly ratio?: number | undefined;
}

/** How many times better than the reference: above 1 is better, whether more or less is wanted. */
export function ratioTo(reference: number, value: number, promised: Promised): number {
  return promised.at_least === undefined ? reference / value : value / reference;
}

/**
 * Half of a promise is asked of the ratio where one was measured and promised, for it holds on a busy machine too;
 * else of the figure itself. Kept is only what keeps both.
 */
export function judge({ value, ratio }: Figure, promised: Promised): Verdict {
  const shares = [shareOfBound(value, promised)];
  const shareOfRatio = ratio === undefined || promised.ratio === undefined ? undefined : ratio / promised.ratio;
  if (shareOfRatio !== undefined) shares.push(shareOfRatio);
  const decisive = shareOfRatio ?? shareOfBound(value, promised);
  if (!(decisive >= 0.5)) return "below half";
  return shares.every((share) => share >= 1) ? "kept" : "missed";
}

/** 1: exactly as promised; 0.5: half as good. */
function shareOfBound(value: number, { at_most, at_least }: Promised): number {
  if (at_least !== undefined) return value / at_least;
  if (at_most !== undefined) return value <= 0 ? Number.POSITIVE_INFINITY : at_most / value;
  return Number.POSITIVE_INFINITY;
}
