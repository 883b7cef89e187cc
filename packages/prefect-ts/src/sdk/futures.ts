/** What `submit` and `map` give back: a run that may still be going on. */
import { currentContext } from "./context.ts";
import { InvalidOptionError, WaitTimeoutError } from "./exceptions.ts";
import type { State } from "./states.ts";

const futureBrand = Symbol.for("prefect-ts.future");
const MS_PER_SECOND = 1000;

export interface WaitOptions {
  /** Seconds to wait at most. Default: no limit. */
  readonly timeoutSeconds?: number;
}

export interface ResultOptions extends WaitOptions {
  /** With `false`, the error of a failed run is handed back instead of thrown. Default: true. */
  readonly raiseOnFailure?: boolean;
}

/**
 * A task run that was started with `submit`. It is not a promise, so that it can be passed to other tasks and kept in
 * arrays: `await future.result()` waits for it.
 */
export class PrefectFuture<Result = unknown> {
  readonly [futureBrand] = true;
  readonly taskRunId: string;
  #state: State<Result> | undefined;
  #listeners: (() => void)[] | undefined = [];

  constructor(taskRunId: string) {
    this.taskRunId = taskRunId;
  }

  /** The final state; `undefined` while the run goes on. */
  get state(): State<Result> | undefined {
    return this.#state;
  }

  /** Resolves when the run has ended, or quietly when the time is over. */
  async wait(options: WaitOptions = {}): Promise<void> {
    await whileNotRunning(() => this.#settled(options.timeoutSeconds));
  }

  /**
   * The run's result. Throws the error of a failed run, and `WaitTimeoutError` when the time is over first.
   *
   * @example
   * ```ts
   * const futures = urls.map((url) => download.submit(url));
   * const pages = await Promise.all(futures.map((future) => future.result()));
   * ```
   */
  async result(options: ResultOptions = {}): Promise<Result> {
    await this.wait(options);
    if (this.#state === undefined) {
      throw new WaitTimeoutError(
        `Task run ${this.taskRunId} did not complete within ${options.timeoutSeconds} seconds`,
      );
    }
    return this.#state.result(options);
  }

  /** Calls back once, when the run has ended; at once if it already has. */
  addDoneCallback(callback: (future: PrefectFuture<Result>) => void): void {
    this.onSettled(() => callback(this));
  }

  /** @internal The engine's side. */
  settle(state: State): void {
    if (this.#state !== undefined) return;
    this.#state = state as State<Result>;
    const listeners = this.#listeners ?? [];
    this.#listeners = undefined;
    for (const listener of listeners) listener();
  }

  /** @internal */
  onSettled(listener: () => void): void {
    if (this.#state !== undefined) listener();
    else this.#listeners?.push(listener);
  }

  #settled(timeoutSeconds: number | undefined): Promise<void> {
    if (this.#state !== undefined) return Promise.resolve();
    return new Promise((resolve) => {
      const timer =
        timeoutSeconds === undefined ? undefined : setTimeout(resolve, Math.max(0, timeoutSeconds) * MS_PER_SECOND);
      this.onSettled(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}

export function isFuture(value: unknown): value is PrefectFuture {
  return typeof value === "object" && value !== null && futureBrand in value;
}

/** A task run that waits for others gives its place to them, else a full runner would wait for itself. */
async function whileNotRunning<Value>(wait: () => Promise<Value>): Promise<Value> {
  const place = currentContext().taskRun?.place;
  if (place === undefined) return wait();
  place.leave();
  try {
    return await wait();
  } finally {
    await place.enter();
  }
}

/** The futures of a `map`, in its order. */
export class FutureList<Result = unknown> extends Array<PrefectFuture<Result>> {
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }

  /** Resolves when all runs have ended, or quietly when the time is over. */
  async wait(options: WaitOptions = {}): Promise<void> {
    await wait([...this], options);
  }

  /** All results in order. Throws the first error, and `WaitTimeoutError` when the time is over first. */
  async result(options: ResultOptions = {}): Promise<Result[]> {
    const { notDone } = await wait([...this], options);
    if (notDone.length > 0) {
      throw new WaitTimeoutError(
        `Timed out waiting for all futures to complete within ${options.timeoutSeconds} seconds`,
      );
    }
    const results: Result[] = [];
    for (const future of this) results.push(await future.result(options));
    return results;
  }
}

export interface DoneAndNotDone<Result> {
  readonly done: PrefectFuture<Result>[];
  readonly notDone: PrefectFuture<Result>[];
}

/**
 * Waits for futures and says which of them have ended.
 *
 * @example
 * ```ts
 * const { done, notDone } = await wait(download.map(urls), { timeoutSeconds: 30 });
 * ```
 */
export async function wait<Result>(
  futures: Iterable<PrefectFuture<Result>>,
  options: WaitOptions = {},
): Promise<DoneAndNotDone<Result>> {
  checkTimeout(options);
  const all = [...futures];
  await whileNotRunning(() => allSettled(all, options.timeoutSeconds));
  const done = all.filter((future) => future.state !== undefined);
  return { done, notDone: all.filter((future) => future.state === undefined) };
}

/** One promise and one timer for all of them: a `map` may have 100,000. */
function allSettled(futures: readonly PrefectFuture[], timeoutSeconds: number | undefined): Promise<void> {
  return new Promise((resolve) => {
    let left = futures.length;
    if (left === 0) resolve();
    const timer = timeoutSeconds === undefined ? undefined : setTimeout(resolve, timeoutSeconds * MS_PER_SECOND);
    const onSettled = () => {
      left -= 1;
      if (left > 0) return;
      clearTimeout(timer);
      resolve();
    };
    for (const future of futures) future.onSettled(onSettled);
  });
}

function checkTimeout({ timeoutSeconds }: WaitOptions): void {
  if (timeoutSeconds !== undefined && !(timeoutSeconds >= 0)) {
    throw new InvalidOptionError(`'timeoutSeconds' must not be negative; got ${timeoutSeconds}.`);
  }
}

/**
 * The futures in the order in which their runs end.
 *
 * Throws `WaitTimeoutError` when the time is over before the last one has.
 *
 * @example
 * ```ts
 * for await (const future of asCompleted(download.map(urls))) console.log(await future.result());
 * ```
 */
export async function* asCompleted<Result>(
  futures: Iterable<PrefectFuture<Result>>,
  options: WaitOptions = {},
): AsyncGenerator<PrefectFuture<Result>, void, undefined> {
  checkTimeout(options);
  const all = [...futures];
  const ended: PrefectFuture<Result>[] = [];
  let wake: () => void = () => undefined;
  for (const future of all) {
    future.onSettled(() => {
      ended.push(future);
      wake();
    });
  }
  const deadline = AbortSignal.timeout((options.timeoutSeconds ?? FOREVER_SECONDS) * MS_PER_SECOND);
  deadline.addEventListener("abort", () => wake());
  for (let given = 0; given < all.length; given += 1) {
    while (ended[given] === undefined && !deadline.aborted) {
      await whileNotRunning(
        () =>
          new Promise<void>((resolve) => {
            wake = resolve;
          }),
      );
    }
    const next = ended[given];
    if (next === undefined) throw new WaitTimeoutError(`${all.length - given} (of ${all.length}) futures unfinished`);
    yield next;
  }
}

/** About 24 days: the longest that a timer can count. */
const FOREVER_SECONDS = 2_147_483;
