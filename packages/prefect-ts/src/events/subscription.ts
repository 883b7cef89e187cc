/**
 * Items that come faster than their subscriber takes them wait in a queue. When that is full, the subscription ends
 * after the queued ones instead of dropping some in silence: the subscriber begins anew, and can ask for what it missed.
 */
export interface Subscription<Item> {
  /** The next items, in order; undefined when the subscription has ended. */
  next(): Promise<readonly Item[] | undefined>;
  /** It ended because its subscriber was too slow. */
  readonly hasOverflowed: boolean;
  end(): void;
}

/** A group commit can hold hundreds of items at once; this is some seconds of a busy server. */
const LARGEST_QUEUE = 10_000;

/** `listen` is told where to put what happens, and answers how to stop it. */
export function createSubscription<Item>(
  listen: (onItems: (items: readonly Item[]) => void) => () => void,
  matches: (item: Item) => boolean,
  largestQueue: number = LARGEST_QUEUE,
): Subscription<Item> {
  let queue: Item[] = [];
  let wake: (() => void) | undefined;
  let hasEnded = false;
  let hasOverflowed = false;

  function add(items: readonly Item[]): void {
    for (const item of items) {
      if (hasOverflowed || !matches(item)) continue;
      if (queue.length < largestQueue) queue.push(item);
      else overflow();
    }
    if (queue.length > 0) wake?.();
  }

  function overflow(): void {
    hasOverflowed = true;
    hasEnded = true;
    stop();
  }

  const stop = listen(add);

  return {
    get hasOverflowed() {
      return hasOverflowed;
    },
    async next() {
      if (queue.length === 0 && !hasEnded) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        wake = undefined;
      }
      if (queue.length === 0) return undefined;
      const items = queue;
      queue = [];
      return items;
    },
    end() {
      hasEnded = true;
      queue = [];
      stop();
      wake?.();
    },
  };
}
