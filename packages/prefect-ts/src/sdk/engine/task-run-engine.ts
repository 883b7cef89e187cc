/**
 * The life of one task run: Pending, Running, perhaps retries, a final state. It happens in this process; the server is
 * told afterwards, by the companion, and never asked. An awaited task that does nothing costs little more than this
 * file does, so nothing is made here that a run may not need.
 */
import { newId } from "../../domain/ids.ts";
import { addSeconds, formatInstant, type Instant } from "../../domain/instant.ts";
import { systemClock } from "../../platform/clock.ts";
import { logLevels } from "../../platform/log-format.ts";
import type { TaskRunTemplate } from "../companion/protocol.ts";
import { type RunContext, runInContext } from "../context.ts";
import { TaskRunTimeoutError, UpstreamTaskError } from "../exceptions.ts";
import { parameterNames } from "../function-source.ts";
import type { PrefectFuture } from "../futures.ts";
import { currentCompanion } from "../process-companion.ts";
import type { StoredResult } from "../results.ts";
import { delayBeforeRetry } from "../retries.ts";
import { ResultValue } from "../state-result.ts";
import { isTerminal } from "../state-types.ts";
import { State, type StateFields } from "../states.ts";
import { TaskRun } from "../task-run.ts";
import type { Place, SubmittedRun } from "../task-runners.ts";
import type { TaskSpec } from "../task-spec.ts";
import { quoteError, secondsText, stackOf, summarise } from "./describe-error.ts";
import { findCached, keepResult, type ResultSlot, resultSlot } from "./result-cache.ts";
import { isStateLike, stateOfReturned } from "./return-state.ts";
import { runHooks } from "./run-hooks.ts";
import { makeRunName } from "./run-name.ts";
import { type HeldSlots, takeTagSlots } from "./tag-slots.ts";
import { TaskContext } from "./task-context.ts";
import { inspectArguments, rememberOrigin, resolveArguments } from "./task-inputs.ts";
import { pause, withTimeout } from "./timeout.ts";

const taggedTemplates = new WeakMap<TaskRunTemplate, Map<string, TaskRunTemplate>>();

export class TaskRunEngine implements SubmittedRun {
  readonly taskRunId: string = newId();
  /** Told of the end; absent when the caller awaits the run itself. */
  future: PrefectFuture | undefined;
  readonly #task: TaskSpec;
  readonly #outer: RunContext;
  #args: readonly unknown[];
  #run: TaskRun | undefined;
  #context: TaskContext | undefined;
  #needsResolving = false;
  #lastAt = 0;

  constructor(task: TaskSpec, args: readonly unknown[], outer: RunContext) {
    this.#task = task;
    this.#args = args;
    this.#outer = outer;
  }

  announce(): void {
    if (this.#run !== undefined) return;
    const task = this.#task;
    const { flowRun, taskRun: parent, tags } = this.#outer;
    const flowRunId = flowRun?.flowRun.id;
    const template = withTags(task.plan.template, tags);
    const run = new TaskRun(this.taskRunId, task.name, task.key, flowRunId, template.tags);
    this.#run = run;
    const { inputs, needsResolving } = inspectArguments(
      parameterNames(task.fn),
      this.#args,
      flowRunId,
      task.options.waitFor,
    );
    this.#needsResolving = needsResolving;
    void currentCompanion().record({
      kind: "task-run",
      id: run.id,
      name: run.name,
      dynamic_key: run.dynamicKey,
      template,
      scope: flowRun?.scope,
      task_inputs:
        parent === undefined ? inputs : { ...inputs, __parents__: [{ input_type: "task_run", id: parent.taskRun.id }] },
      ...(parent === undefined
        ? {}
        : { parent: { id: parent.taskRun.id, name: parent.taskRun.name, tags: parent.taskRun.tags } }),
    });
    void this.#enter({ type: "PENDING" });
  }

  drop(): void {
    this.announce();
    void this.#enter({ type: "CANCELLED", message: "The flow run ended before this task run began." });
    this.#settle();
  }

  /** Never rejects: whatever goes wrong ends in a state. */
  async run(place?: Place): Promise<State> {
    this.announce();
    try {
      const state = await this.#live(place);
      return state;
    } catch (error) {
      const message = `Execution was interrupted by an unexpected exception: ${summarise(error)}`;
      await this.#enter({ type: "CRASHED", message, data: error });
      this.#context?.logger.error(`${message}\n${stackOf(error)}`);
      return this.#state();
    } finally {
      this.#settle();
    }
  }

  async #live(place: Place | undefined): Promise<State> {
    const { flowRun } = this.#outer;
    const context = new TaskContext(this.#task, this.#taskRun(), this.#args, {
      logsPrints: this.#task.options.logPrints ?? flowRun?.logsPrints ?? false,
      place,
      signal: flowRun?.signal,
    });
    this.#context = context;
    if (this.#needsResolving && !(await this.#resolveArguments(context))) return this.#state();
    if (this.#task.options.taskRunName !== undefined) this.#rename(context);
    const slots = context.taskRun.tags.length === 0 ? undefined : await takeTagSlots(context.taskRun, context.signal);
    try {
      await this.#attempts(context, slots);
    } finally {
      if (slots !== undefined) await slots.release();
    }
    return this.#finish(context);
  }

  async #resolveArguments(context: TaskContext): Promise<boolean> {
    try {
      this.#args = await resolveArguments(this.#args, this.#task.options.waitFor);
      context.args = this.#args;
      return true;
    } catch (error) {
      if (!(error instanceof UpstreamTaskError)) throw error;
      await this.#enter({ type: "PENDING", name: "NotReady", message: error.message });
      context.logger.error(`${error.message} This task run will not begin.`);
      return false;
    }
  }

  #rename(context: TaskContext): void {
    const source = this.#task.options.taskRunName;
    if (source === undefined) return;
    const { taskRun } = context;
    const name = makeRunName("task_run_name", source, context.parameters);
    context.logger.debug(`Renamed task run '${taskRun.name}' to '${name}'`);
    taskRun.name = name;
  }

  async #attempts(context: TaskContext, slots: HeldSlots | undefined): Promise<void> {
    for (let attempt = 0; ; attempt += 1) {
      const wait = this.#enter({ type: "RUNNING", name: attempt === 0 ? undefined : "Retrying" });
      if (wait !== undefined) await wait;
      await this.#hooks(this.#task.options.onRunning, context);
      const outcome = await this.#attempt(context);
      if (outcome === undefined) return;
      if (!(await this.#retries(context, attempt, outcome))) {
        await this.#enter(outcome);
        return;
      }
      slots?.touch();
      context.renewSignal();
    }
  }

  /** Runs the function once. Gives the state of a failure; a success has already been entered. */
  async #attempt(context: TaskContext): Promise<StateFields | undefined> {
    const slot = this.#resultSlot(context);
    if (slot?.isShared === true && !this.#task.plan.refreshesCache) {
      const cached = await findCached(slot);
      if (cached !== undefined) {
        await this.#enter({ type: "COMPLETED", name: "Cached", data: new ResultValue(cached.value) }, cached.stored);
        return undefined;
      }
    }
    let value: unknown;
    try {
      value = await this.#call(context);
    } catch (error) {
      return failure(error);
    }
    if (isStateLike(value)) {
      const state = await stateOfReturned(value);
      if (!state.isCompleted()) return { ...state, id: undefined, timestamp: undefined };
      return this.#succeed({ ...state, id: undefined, timestamp: undefined }, slot, context);
    }
    return this.#succeed({ type: "COMPLETED", data: new ResultValue(value) }, slot, context);
  }

  async #succeed(state: StateFields, slot: ResultSlot | undefined, context: TaskContext): Promise<undefined> {
    const result = state.data instanceof ResultValue ? state.data.value : state.data;
    const stored = slot === undefined ? undefined : await keepResult(slot, result, context.logger);
    const wait = this.#enter(state, stored);
    if (wait !== undefined) await wait;
    rememberOrigin(result, this.taskRunId, context.taskRun.flowRunId);
  }

  #call(context: TaskContext): unknown {
    const { fn, options } = this.#task;
    const { flowRun, tags } = this.#outer;
    const inner: RunContext = { flowRun, taskRun: context, tags };
    const args = this.#args as never[];
    const { timeoutSeconds } = options;
    if (timeoutSeconds === undefined || timeoutSeconds === 0) return runInContext(inner, fn, ...args);
    const timeUp = () =>
      new TaskRunTimeoutError(`Task run exceeded timeout of ${secondsText(timeoutSeconds)} second(s)`);
    return withTimeout(timeoutSeconds, context.controller, timeUp, () => runInContext(inner, fn, ...args));
  }

  #resultSlot(context: TaskContext): ResultSlot | undefined {
    const { flowRun } = this.#outer;
    if (!(this.#task.plan.persistsResult ?? flowRun?.persistsResults ?? false)) return undefined;
    const { key: taskKey, fn } = this.#task;
    const flowRunId = flowRun?.flowRun.id;
    const about = { taskKey, fn, flowRunId, taskRunId: this.taskRunId, flowParameters: flowRun?.parameters };
    return resultSlot(this.#task, about, this.#args, context.logger);
  }

  /** Whether there is another attempt; if so, the time before it has passed. */
  async #retries(context: TaskContext, attempt: number, outcome: StateFields): Promise<boolean> {
    const { retries, delays } = this.#task.plan;
    const isFailure = outcome.type === "FAILED";
    const error = outcome.data instanceof ResultValue ? outcome.data.value : outcome.data;
    const what =
      error instanceof Error || outcome.message === undefined
        ? `exception: ${quoteError(error)}`
        : `state: ${outcome.message}`;
    const stack = error instanceof Error ? `\n${stackOf(error)}` : "";
    if (!isFailure) return false;
    if (attempt >= retries || context.signal.aborted || !(await this.#wantsRetry(context, outcome))) {
      const suffix = retries > 0 ? " - Retries are exhausted" : "";
      context.logger.error(`Task run failed with ${what}${suffix}${stack}`);
      return false;
    }
    const seconds = delayBeforeRetry(delays, attempt, this.#task.options.retryJitterFactor);
    const when = seconds > 0 ? `${secondsText(seconds).replace(/\.0$/, "")} second(s) from now` : "immediately";
    context.logger.warning(`Task run failed with ${what} - Retry ${attempt + 1}/${retries} will start ${when}`);
    if (seconds > 0) {
      const scheduled_time = formatInstant(addSeconds(systemClock.now(), seconds));
      await this.#enter({ type: "SCHEDULED", name: "AwaitingRetry", details: { scheduled_time } });
      await pause(seconds, this.#outer.flowRun?.signal);
    }
    return true;
  }

  async #wantsRetry(context: TaskContext, outcome: StateFields): Promise<boolean> {
    const { retryConditionFn } = this.#task.options;
    if (retryConditionFn === undefined) return true;
    try {
      return Boolean(await retryConditionFn(this.#task, context.taskRun, new State(outcome)));
    } catch (error) {
      context.logger.error(
        `An error was encountered while running \`retryConditionFn\`, so the task run is not retried\n${stackOf(error)}`,
      );
      return false;
    }
  }

  async #finish(context: TaskContext): Promise<State> {
    const state = this.#state();
    const { onCompletion, onFailure } = this.#task.options;
    if (state.isCompleted()) await this.#hooks(onCompletion, context);
    else if (state.isFailed()) await this.#hooks(onFailure, context);
    const level = state.isCompleted() ? logLevels.INFO : logLevels.ERROR;
    context.logger.write(level, `Finished in state ${state}`, true);
    if (this.#outer.flowRun?.isDurable === true) await currentCompanion().flush();
    return state;
  }

  #hooks(hooks: TaskSpec["options"]["onRunning"], context: TaskContext): Promise<void> | undefined {
    if (hooks === undefined || hooks.length === 0) return undefined;
    return runHooks(hooks, this.#task, context.taskRun, this.#state(), context.logger);
  }

  /** Enters a state. Gives a promise only when the companion asks for patience. */
  #enter(fields: StateFields, data?: StoredResult): Promise<void> | undefined {
    const run = this.#taskRun();
    const state = new State(fields.timestamp === undefined ? { ...fields, timestamp: this.#nextInstant() } : fields);
    this.#lastAt = state.timestamp;
    run.state = state;
    if (state.type === "RUNNING") {
      run.runCount += 1;
      run.startTime ??= state.timestamp;
    }
    if (isTerminal(state.type)) run.endTime = state.timestamp;
    return currentCompanion().record({
      kind: "transition",
      run: run.id,
      id: state.id,
      at: state.timestamp,
      type: state.type,
      name: state.name,
      message: state.message,
      details: state.details,
      data,
      run_name: run.name,
    });
  }

  /** Later than the state before: the server keeps a run's states in the order of their times. */
  #nextInstant(): Instant {
    const now = systemClock.now();
    return now > this.#lastAt ? now : addSeconds(this.#lastAt as Instant, 1e-6);
  }

  #settle(): void {
    const state = this.#state();
    state.origin = { run_id: this.taskRunId, flow_run_id: this.#taskRun().flowRunId };
    this.future?.settle(state);
  }

  #taskRun(): TaskRun {
    if (this.#run === undefined) throw new Error("The task run has not been announced.");
    return this.#run;
  }

  #state(): State {
    const { state } = this.#taskRun();
    if (state === undefined) throw new Error("The task run has no state yet.");
    return state;
  }
}

function failure(error: unknown): StateFields {
  if (error instanceof TaskRunTimeoutError) {
    return { type: "FAILED", name: "TimedOut", message: error.message, data: new ResultValue(error) };
  }
  const message = `Task run encountered an exception ${summarise(error)}`;
  return { type: "FAILED", message, data: new ResultValue(error) };
}

/** The task's own tags and those of `withTags` around the call. */
function withTags(template: TaskRunTemplate, tags: readonly string[]): TaskRunTemplate {
  if (tags.length === 0) return template;
  const known = taggedTemplates.get(template) ?? new Map<string, TaskRunTemplate>();
  taggedTemplates.set(template, known);
  const key = tags.join("\u0000");
  const tagged = known.get(key) ?? { ...template, tags: [...new Set([...template.tags, ...tags])].sort() };
  known.set(key, tagged);
  return tagged;
}
