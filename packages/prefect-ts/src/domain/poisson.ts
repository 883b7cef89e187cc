/**
 * Waiting times with jitter, as the reference draws them: an exponential variate around `average`, cut off at
 * `average * (1 + factor)` above and, below, where it leaves the median alone. Callers that were refused together do
 * not come back together.
 */
export function clampedPoissonInterval(average: number, factor = 0.3, random: () => number = Math.random): number {
  if (average <= 0 || factor <= 0) return Math.max(0, average);
  const upper = 1 + factor;
  const lower = upper >= 50 ? 0 : Math.log2(Math.max(2 ** upper / (2 ** upper - 1), 1e-10));
  const shareBelow = (multiple: number) => 1 - Math.exp(-multiple);
  const share = shareBelow(lower) + random() * (shareBelow(upper) - shareBelow(lower));
  return -Math.log(Math.max(1 - share, 1e-10)) * average;
}
