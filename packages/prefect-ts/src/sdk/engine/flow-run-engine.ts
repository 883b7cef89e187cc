/**
 * The life of one flow run. Unlike a task run's, its states are the server's to decide: each is proposed, and the server
 * may answer with another one, such as a retry. A run is over for its caller when its tasks' records and its final state
 * are committed.
 */

import { newId } from "../../domain/ids.ts";
import { logLevels } from "../../platform/log-format.ts";
import { type FlowRunContext, type RunContext, runInContext } from "../context.ts";
import { FlowRunTimeoutError, UpstreamTaskError } from "../exceptions.ts";
import type { FlowHook } from "../flow-options.ts";
import type { FlowRun } from "../flow-run.ts";
import type { FlowSpec } from "../flow-spec.ts";
import { capturePrints } from "../log-prints.ts";
import { bindParameters, validateParameters } from "../parameters.ts";
import { addLiveRun, currentCompanion, type LiveRun, makeDurable, removeLiveRun } from "../process-companion.ts";
import { isStoredResult, type StoredResult } from "../results.ts";
import { createFlowRunLogger, type RunLogger } from "../run-logger.ts";
import { currentSettings } from "../settings.ts";
import { ResultValue } from "../state-result.ts";
import type { State, StateFields } from "../states.ts";
import type { RunningTaskRunner } from "../task-runners.ts";
import { createFlowRun } from "./create-flow-run.ts";
import { quoteError, secondsText, stackOf, summarise } from "./describe-error.ts";
import { proposeState } from "./propose-state.ts";
import { keepResult } from "./result-cache.ts";
import { isStateLike, stateOfReturned } from "./return-state.ts";
import { runHooks } from "./run-hooks.ts";
import { makeRunName } from "./run-name.ts";
import { heartbeat, runScope } from "./run-scope.ts";
import { placeSubflow } from "./subflow.ts";
import { rememberOrigin, resolveArguments } from "./task-inputs.ts";
import { pause, withTimeout } from "./timeout.ts";

/** How long to wait before asking again to run, when the server keeps the run pending. */
const PENDING_AGAIN_SECONDS = 0.2;

/** Runs a flow to its end and gives its final state. Rejects only when no run could be made or recorded. */
export async function runFlow(flow: FlowSpec, args: readonly unknown[], outer: RunContext): Promise<State> {
  const parameters = bindParameters(flow.fn, args, flow.options.parameters);
  const parent = outer.flowRun;
  if (flow.options.durable === true) await makeDurable();
  const place = parent === undefined ? undefined : await placeSubflow(flow, parameters, parent, outer);
  if (place?.completed !== undefined) return place.completed;
  const run = await createFlowRun(flow, parameters, outer, place?.taskRunId);
  const state = await new FlowRunEngine(flow, run, args, parameters, outer).run();
  if (place !== undefined && parent !== undefined) {
    parent.subflowStates.set(place.taskRunId, state);
    state.origin = { run_id: place.taskRunId, flow_run_id: parent.flowRun.id };
    if (state.data instanceof ResultValue) rememberOrigin(state.data.value, place.taskRunId, parent.flowRun.id);
  }
  return state;
}

class FlowRunEngine implements LiveRun {
  readonly flowRunId: string;
  readonly #flow: FlowSpec;
  readonly #run: FlowRun;
  readonly #outer: RunContext;
  readonly #logger: RunLogger;
  readonly #subflowStates = new Map<string, State>();
  #args: readonly unknown[];
  #parameters: Readonly<Record<string, unknown>>;
  #controller = new AbortController();

  constructor(
    flow: FlowSpec,
    run: FlowRun,
    args: readonly unknown[],
    parameters: Readonly<Record<string, unknown>>,
    outer: RunContext,
  ) {
    this.flowRunId = run.id;
    this.#flow = flow;
    this.#run = run;
    this.#args = args;
    this.#parameters = parameters;
    this.#outer = outer;
    this.#logger = createFlowRunLogger(run);
  }

  stop(reason: Error): void {
    this.#controller.abort(reason);
  }

  async run(): Promise<State> {
    addLiveRun(this);
    try {
      const problem = await this.#prepare();
      const state = problem === undefined ? await this.#attempts() : await this.#end({ state: problem });
      this.#log(state.isCompleted() ? logLevels.INFO : logLevels.ERROR, `Finished in state ${state}`);
      if (this.#outer.flowRun === undefined) await this.#flush();
      return state;
    } finally {
      removeLiveRun(this);
    }
  }

  /** Upstream results, parameters and the name. Gives the state to end with when one of them is wrong. */
  async #prepare(): Promise<StateFields | undefined> {
    try {
      this.#args = await resolveArguments(this.#args, this.#flow.options.waitFor);
      this.#parameters = bindParameters(this.#flow.fn, this.#args, this.#flow.options.parameters);
    } catch (error) {
      if (!(error instanceof UpstreamTaskError)) throw error;
      return { type: "PENDING", name: "NotReady", message: error.message, data: new ResultValue(error) };
    }
    try {
      const { parameters: schema, validateParameters: isChecked = true } = this.#flow.options;
      if (schema !== undefined && isChecked) this.#args = [await validateParameters(schema, this.#parameters)];
    } catch (error) {
      const message = `Validation of flow parameters failed with error: ${summarise(error)}`;
      this.#logger.error(message);
      return { type: "FAILED", message, data: new ResultValue(error) };
    }
    return this.#rename();
  }

  async #rename(): Promise<StateFields | undefined> {
    const source = this.#flow.options.flowRunName;
    if (source === undefined) return undefined;
    try {
      const name = makeRunName("flow_run_name", source, this.#parameters);
      await currentCompanion().client.flow_runs.update({ id: this.flowRunId, name });
      this.#logger.debug(`Renamed flow run '${this.#run.name}' to '${name}'`);
      this.#run.name = name;
      return undefined;
    } catch (error) {
      return {
        type: "FAILED",
        message: `Flow run encountered an exception: ${summarise(error)}`,
        data: new ResultValue(error),
      };
    }
  }

  async #attempts(): Promise<State> {
    for (;;) {
      const begun = await this.#begin();
      if (!begun.isRunning()) return begun;
      if (this.#run.runCount === 1) await this.#announce();
      const { outcome, runner } = await this.#attempt();
      const final = await this.#end(outcome);
      await runner.drain();
      if (final.isFinal() || final.isPaused()) return final;
      this.#log(
        logLevels.INFO,
        `Received non-final state '${final.name}' when proposing final state '${outcome.state.name ?? "Failed"}' and will attempt to run again...`,
      );
    }
  }

  async #begin(): Promise<State> {
    this.#controller = new AbortController();
    let state = await this.#propose({ type: "RUNNING", name: "Running" });
    while (state.isPending()) {
      await pause(PENDING_AGAIN_SECONDS, undefined);
      state = await this.#propose({ type: "RUNNING", name: "Running" });
    }
    if (state.isRunning()) this.#run.runCount += 1;
    return state;
  }

  #propose(state: StateFields): Promise<State> {
    return proposeState(this.#run, { state }, undefined);
  }

  async #announce(): Promise<void> {
    const { name } = this.#run;
    const kind = this.#outer.flowRun === undefined ? "flow run" : "subflow run";
    this.#log(logLevels.INFO, `Beginning ${kind} '${name}' for flow '${this.#flow.name}'`);
    const { ui_url } = await currentCompanion().server();
    if (ui_url === undefined) return;
    this.#logger.write(logLevels.INFO, `View at ${ui_url}/runs/flow-run/${this.flowRunId}`, false);
  }

  async #attempt(): Promise<{ outcome: Outcome; runner: RunningTaskRunner }> {
    const companion = currentCompanion();
    const runner = this.#flow.runner.start();
    companion.startHeartbeat(this.flowRunId, heartbeat(this.#run));
    const context = this.#context(runner);
    try {
      await this.#hooks(this.#flow.options.onRunning);
      const value = await this.#call(context);
      const outcome = await this.#success(value, context);
      await runner.drain();
      return { outcome, runner };
    } catch (error) {
      runner.dropQueued();
      return { outcome: { state: this.#failure(error) }, runner };
    } finally {
      companion.stopHeartbeat(this.flowRunId);
    }
  }

  #context(runner: RunningTaskRunner): FlowRunContext {
    const { options } = this.#flow;
    const { flowRun: parent } = this.#outer;
    const settings = currentSettings();
    const logsPrints = options.logPrints ?? parent?.logsPrints ?? settings.get("PREFECT_LOGGING_LOG_PRINTS");
    const isDurable = options.durable ?? parent?.isDurable ?? false;
    if (logsPrints) capturePrints();
    return {
      flow: this.#flow,
      flowRun: this.#run,
      parameters: this.#parameters,
      logger: this.#logger,
      signal:
        parent === undefined ? this.#controller.signal : AbortSignal.any([this.#controller.signal, parent.signal]),
      scope: runScope(this.#run),
      runner,
      persistsResults:
        options.persistResult ??
        parent?.persistsResults ??
        (isDurable || settings.get("PREFECT_RESULTS_PERSIST_BY_DEFAULT")),
      isDurable,
      logsPrints,
      subflowCalls: new Map(),
      subflowStates: this.#subflowStates,
    };
  }

  #call(context: FlowRunContext): unknown {
    const inner: RunContext = { flowRun: context, taskRun: undefined, tags: this.#outer.tags };
    const args = this.#args as never[];
    const { timeoutSeconds } = this.#flow.options;
    if (timeoutSeconds === undefined || timeoutSeconds === 0) return runInContext(inner, this.#flow.fn, ...args);
    const timeUp = () =>
      new FlowRunTimeoutError(`Flow run exceeded timeout of ${secondsText(timeoutSeconds)} second(s)`);
    return withTimeout(timeoutSeconds, this.#controller, timeUp, () => runInContext(inner, this.#flow.fn, ...args));
  }

  async #success(value: unknown, context: FlowRunContext): Promise<Outcome> {
    const state: StateFields = isStateLike(value)
      ? { ...(await stateOfReturned(value)), id: undefined, timestamp: undefined }
      : { type: "COMPLETED", data: new ResultValue(value) };
    if (!context.persistsResults || state.type !== "COMPLETED" || isStoredResult(state.data)) return { state };
    const result = state.data instanceof ResultValue ? state.data.value : state.data;
    return {
      state,
      stored: await keepResult({ key: newId(), isShared: false, expiration: undefined }, result, this.#logger),
    };
  }

  #failure(error: unknown): StateFields {
    const data = new ResultValue(error);
    if (error instanceof FlowRunTimeoutError) {
      this.#logger.error(error.message);
      return { type: "FAILED", name: "TimedOut", message: error.message, data };
    }
    this.#logger.error(`Encountered exception during execution: ${quoteError(error)}\n${stackOf(error)}`);
    return { type: "FAILED", message: `Flow run encountered an exception: ${summarise(error)}`, data };
  }

  /** What the tasks left behind is committed before the run is reported final. */
  async #end(outcome: Outcome): Promise<State> {
    await this.#flush();
    const state = await proposeState(this.#run, outcome, undefined);
    await this.#hooks(this.#hooksFor(state));
    return state;
  }

  async #flush(): Promise<void> {
    await currentCompanion()
      .flush()
      .catch((error: unknown) => {
        const message = `Some records of this run did not reach the server: ${summarise(error)}`;
        this.#logger.write(logLevels.ERROR, message, false);
      });
  }

  #hooksFor(state: State): readonly FlowHook[] | undefined {
    const { onCompletion, onFailure, onCancellation, onCrashed } = this.#flow.options;
    const hooks = { COMPLETED: onCompletion, FAILED: onFailure, CANCELLED: onCancellation, CRASHED: onCrashed };
    return Object.hasOwn(hooks, state.type) ? hooks[state.type as keyof typeof hooks] : undefined;
  }

  #hooks(hooks: readonly FlowHook[] | undefined): Promise<void> | undefined {
    if (hooks === undefined || hooks.length === 0) return undefined;
    return runHooks(hooks, this.#flow, this.#run, this.#run.state, this.#logger);
  }

  #log(level: number, message: string): void {
    this.#logger.write(level, message, true);
  }
}

interface Outcome {
  readonly state: StateFields;
  readonly stored?: StoredResult | undefined;
}
