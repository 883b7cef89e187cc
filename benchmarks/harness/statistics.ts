export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const index = Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1);
  return sorted[Math.max(0, index)] ?? Number.NaN;
}

/** The middle one; of an even number the lower of the two, so that it is a value that was measured. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** Four digits are more than any of these measurements is worth. */
export function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
