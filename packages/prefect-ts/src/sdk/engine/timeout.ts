const MS_PER_SECOND = 1000;
/** What a timer can count at most, about 24 days; longer limits never come. */
const LONGEST_TIMER_MS = 2_147_483_647;

/**
 * Runs `work`, and when it takes longer than `seconds` aborts with the error of `timeUp` and rejects with it. JavaScript
 * cannot be interrupted: the work goes on until it heeds the signal, but nobody waits for it.
 */
export async function withTimeout<Value>(
  seconds: number,
  controller: AbortController,
  timeUp: () => Error,
  work: () => Value | Promise<Value>,
): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => {
        const error = timeUp();
        controller.abort(error);
        reject(error);
      },
      Math.min(seconds * MS_PER_SECOND, LONGEST_TIMER_MS),
    );
  });
  try {
    const running = Promise.resolve(work());
    // Once the time is up its own failure is of no interest, and must not become an unhandled rejection.
    running.catch(() => undefined);
    return await Promise.race([running, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/** Resolves after the time, or at once when the signal is aborted. */
export function pause(seconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) {
      resolve();
      return;
    }
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, Math.min(seconds * MS_PER_SECOND, LONGEST_TIMER_MS));
    signal?.addEventListener("abort", end, { once: true });
  });
}
