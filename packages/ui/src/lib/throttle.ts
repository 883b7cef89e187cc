/**
 * Runs `act` at once and then at most every `intervalMs`; the last call of a burst is never dropped, only late.
 * `cancel` forgets what is waiting.
 */
export function throttle(act: () => void, intervalMs: number): { (): void; cancel(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isWaiting = false;

  function rest(): void {
    timer = setTimeout(() => {
      timer = undefined;
      if (!isWaiting) return;
      isWaiting = false;
      act();
      rest();
    }, intervalMs);
  }

  function call(): void {
    if (timer !== undefined) {
      isWaiting = true;
      return;
    }
    act();
    rest();
  }

  return Object.assign(call, {
    cancel() {
      clearTimeout(timer);
      timer = undefined;
      isWaiting = false;
    },
  });
}
