import type { TaskRunContext } from "../context.ts";
import { argumentsByName } from "../function-source.ts";
import { createTaskRunLogger, type RunLogger } from "../run-logger.ts";
import type { TaskRun } from "../task-run.ts";
import type { Place } from "../task-runners.ts";
import type { TaskSpec } from "../task-spec.ts";

/** What a task's code runs in. What most tasks never ask for is made when it is asked for. */
export class TaskContext implements TaskRunContext {
  readonly task: TaskSpec;
  readonly taskRun: TaskRun;
  readonly logsPrints: boolean;
  readonly place: Place | undefined;
  readonly #outer: AbortSignal | undefined;
  args: readonly unknown[];
  #controller: AbortController | undefined;
  #signal: AbortSignal | undefined;
  #logger: RunLogger | undefined;

  constructor(
    task: TaskSpec,
    taskRun: TaskRun,
    args: readonly unknown[],
    surroundings: { logsPrints: boolean; place: Place | undefined; signal: AbortSignal | undefined },
  ) {
    this.task = task;
    this.taskRun = taskRun;
    this.args = args;
    this.logsPrints = surroundings.logsPrints;
    this.place = surroundings.place;
    this.#outer = surroundings.signal;
  }

  get logger(): RunLogger {
    this.#logger ??= createTaskRunLogger(this.taskRun);
    return this.#logger;
  }

  get parameters(): Readonly<Record<string, unknown>> {
    return argumentsByName(this.task.fn, this.args);
  }

  /** Aborts the attempt, and nothing beyond it. */
  get controller(): AbortController {
    this.#controller ??= new AbortController();
    return this.#controller;
  }

  get signal(): AbortSignal {
    this.#signal ??=
      this.#outer === undefined ? this.controller.signal : AbortSignal.any([this.controller.signal, this.#outer]);
    return this.#signal;
  }

  /** A new attempt is not aborted by what ended the one before. */
  renewSignal(): void {
    this.#controller = undefined;
    this.#signal = undefined;
  }
}
