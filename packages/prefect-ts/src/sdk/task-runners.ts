/** Who runs the tasks that a flow submits, and how many at a time. */
import { InvalidOptionError } from "./exceptions.ts";
import { currentCompanion } from "./process-companion.ts";
import { currentSettings } from "./settings.ts";

/** A submitted task run, from the runner's side. */
export interface SubmittedRun {
  /** Makes the run known as Pending. */
  announce(): void;
  /** Runs it to its end. Never rejects. */
  run(place: Place): Promise<unknown>;
  /** It will not be run. */
  drop(): void;
}

/** A submitted run's place among those that run; it gives it back while it waits for another. */
export interface Place {
  leave(): void;
  enter(): Promise<void>;
}

/** A runner at work for one flow run. */
export interface RunningTaskRunner {
  submit(run: SubmittedRun): void;
  /** Resolves when every submitted run has ended. */
  drain(): Promise<void>;
  /** Drops what has not begun. */
  dropQueued(): void;
}

export interface TaskRunner {
  /** For one flow run: runners are not shared. */
  start(): RunningTaskRunner;
}

export interface ConcurrentTaskRunnerOptions {
  /**
   * Task runs at a time. Default: PREFECT_TASKS_RUNNER_THREAD_POOL_MAX_WORKERS, else no limit of ours but the 1,000
   * that keep the memory of a very long `map` flat.
   */
  readonly maxWorkers?: number;
}

const MOST_RUNNING = 1000;
/** Queued runs that are already shown as Pending. Announcing all of a long `map` at once would flood the server. */
const MOST_ANNOUNCED = 1000;

/**
 * Runs tasks side by side in this process: the default. A run that waits for another one's future does not count
 * meanwhile.
 *
 * @example
 * ```ts
 * const etl = flow({ taskRunner: new ConcurrentTaskRunner({ maxWorkers: 4 }) }, async () => {
 *   await download.map(urls).result();
 * });
 * ```
 */
export class ConcurrentTaskRunner implements TaskRunner {
  readonly #maxWorkers: number | undefined;

  constructor({ maxWorkers }: ConcurrentTaskRunnerOptions = {}) {
    if (maxWorkers !== undefined && !(Number.isInteger(maxWorkers) && maxWorkers > 0)) {
      throw new InvalidOptionError(`'maxWorkers' must be a whole number of at least 1; got ${String(maxWorkers)}.`);
    }
    this.#maxWorkers = maxWorkers;
  }

  start(): RunningTaskRunner {
    return new ConcurrentRuns(
      this.#maxWorkers ?? currentSettings().get("PREFECT_TASKS_RUNNER_THREAD_POOL_MAX_WORKERS") ?? MOST_RUNNING,
    );
  }
}

/** The name that Python's runner of this kind has. */
export const ThreadPoolTaskRunner = ConcurrentTaskRunner;

class ConcurrentRuns implements RunningTaskRunner, Place {
  readonly #most: number;
  #queue: (SubmittedRun | undefined)[] = [];
  /** Of the queue, what has been started and what has been announced: indexes, because shifting is slow. */
  #started = 0;
  #announced = 0;
  #running = 0;
  #unfinished = 0;
  #isPlanned = false;
  #returning: (() => void)[] = [];
  #drained: (() => void)[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  submit(run: SubmittedRun): void {
    this.#queue.push(run);
    this.#unfinished += 1;
    this.#announce();
    this.#plan();
  }

  drain(): Promise<void> {
    if (this.#unfinished === 0) return Promise.resolve();
    return new Promise((resolve) => this.#drained.push(resolve));
  }

  dropQueued(): void {
    const dropped = this.#queue.slice(this.#started);
    this.#queue = [];
    this.#started = 0;
    this.#announced = 0;
    for (const run of dropped) {
      run?.drop();
      this.#finish();
    }
  }

  leave(): void {
    this.#running -= 1;
    this.#plan();
  }

  async enter(): Promise<void> {
    if (this.#running < this.#most) this.#running += 1;
    else await new Promise<void>((resolve) => this.#returning.push(resolve));
  }

  /** Submitting never runs user code itself. */
  #plan(): void {
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    queueMicrotask(() => {
      this.#isPlanned = false;
      this.#pump();
    });
  }

  #pump(): void {
    while (this.#running < this.#most) {
      const returning = this.#returning.shift();
      if (returning !== undefined) {
        this.#running += 1;
        returning();
        continue;
      }
      const run = this.#queue[this.#started];
      if (run === undefined) break;
      const room = currentCompanion().whenRoom();
      if (room !== undefined) {
        void room.then(() => this.#plan());
        break;
      }
      this.#queue[this.#started] = undefined; // a run that has ended must not be kept by the queue
      this.#started += 1;
      this.#start(run);
    }
    this.#announce();
    this.#forgetStarted();
  }

  #start(run: SubmittedRun): void {
    this.#running += 1;
    const end = () => {
      this.#running -= 1;
      this.#finish();
      this.#plan();
    };
    run.run(this).then(end, end);
  }

  #announce(): void {
    this.#announced = Math.max(this.#announced, this.#started);
    while (this.#announced < this.#queue.length && this.#announced - this.#started < MOST_ANNOUNCED) {
      this.#queue[this.#announced]?.announce();
      this.#announced += 1;
    }
  }

  #forgetStarted(): void {
    if (this.#started < MOST_ANNOUNCED || this.#started * 2 < this.#queue.length) return;
    this.#queue = this.#queue.slice(this.#started);
    this.#announced -= this.#started;
    this.#started = 0;
  }

  #finish(): void {
    this.#unfinished -= 1;
    if (this.#unfinished > 0) return;
    const waiting = this.#drained;
    this.#drained = [];
    for (const resume of waiting) resume();
  }
}
