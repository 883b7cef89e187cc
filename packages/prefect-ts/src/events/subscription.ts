/** A queue's bound: a group commit can hold hundreds of items at once; this is some seconds of a busy server. */
const LARGEST_QUEUE = 10_000;

/**
 * Items that come faster than their subscriber takes them wait in a queue. When that is full, the subscription ends
 * after the queued ones instead of dropping some in silence: the subscriber begins anew, and can ask for what it missed.
 */
export class Subscription<Item> {
  readonly #matches: (item: Item) => boolean;
  readonly #largestQueue: number;
  readonly #stop: () => void;
  #queue: Item[] = [];
  #wake: (() => void) | undefined;
  #hasEnded = false;
  #hasOverflowed = false;

  /** `listen` is told where to put what happens, and answers how to stop it. */
  constructor(
    listen: (onItems: (items: readonly Item[]) => void) => () => void,
    matches: (item: Item) => boolean,
    largestQueue: number = LARGEST_QUEUE,
  ) {
    this.#matches = matches;
    this.#largestQueue = largestQueue;
    this.#stop = listen((items) => this.#add(items));
  }

  /** It ended because its subscriber was too slow. */
  get hasOverflowed(): boolean {
    return this.#hasOverflowed;
  }

  /** The next items, in order; undefined when the subscription has ended. */
  async next(): Promise<readonly Item[] | undefined> {
    if (this.#queue.length === 0 && !this.#hasEnded) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#wake = undefined;
    }
    if (this.#queue.length === 0) return undefined;
    const items = this.#queue;
    this.#queue = [];
    return items;
  }

  end(): void {
    this.#hasEnded = true;
    this.#queue = [];
    this.#stop();
    this.#wake?.();
  }

  #add(items: readonly Item[]): void {
    for (const item of items) {
      if (this.#hasEnded || !this.#matches(item)) continue;
      if (this.#queue.length < this.#largestQueue) this.#queue.push(item);
      else this.#overflow();
    }
    if (this.#queue.length > 0) this.#wake?.();
  }

  #overflow(): void {
    this.#hasOverflowed = true;
    this.#hasEnded = true;
    this.#stop();
  }
}
