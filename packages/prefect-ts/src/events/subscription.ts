/** What happens to items that come faster than their subscriber takes them: they wait, and beyond a bound they are dropped. */

export interface Subscription<Item> {
  /** The next items, in order; undefined when the subscription has ended. */
  next(): Promise<readonly Item[] | undefined>;
  /** How many have been dropped so far. */
  readonly dropped: number;
  end(): void;
}

/** Batches of commits may be large: a group commit can hold hundreds of events at once. */
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
  let dropped = 0;

  const stop = listen((items) => {
    for (const item of items) {
      if (!matches(item)) continue;
      if (queue.length < largestQueue) queue.push(item);
      else dropped += 1;
    }
    if (queue.length > 0) wake?.();
  });

  return {
    get dropped() {
      return dropped;
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
