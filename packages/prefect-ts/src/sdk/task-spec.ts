import { type CacheKeyFn, type CachePolicy, DEFAULT, NO_CACHE, readCachePolicy } from "./cache-policies.ts";
import type { TaskRunTemplate } from "./companion/protocol.ts";
import { toSeconds } from "./durations.ts";
import { InvalidOptionError } from "./exceptions.ts";
import { readOptions } from "./option-names.ts";
import { resolveDelays } from "./retries.ts";
import { currentSettings } from "./settings.ts";
import { type TaskOptions, taskOptionNames } from "./task-options.ts";

/** A task's function, whatever it takes and gives. */
export type AnyFunction = (...args: never[]) => unknown;

/** What the settings and the options together say about a task's runs. */
export interface TaskPlan {
  readonly template: TaskRunTemplate;
  readonly retries: number;
  readonly delays: number | readonly number[];
  readonly cachePolicy: CachePolicy;
  readonly cacheKeyFn: CacheKeyFn | undefined;
  readonly cacheExpirationSeconds: number | undefined;
  readonly refreshesCache: boolean;
  /** Whether results are stored; undefined leaves it to the flow. */
  readonly persistsResult: boolean | undefined;
}

/** A task as the engine sees it. */
export class TaskSpec {
  readonly name: string;
  readonly key: string;
  readonly fn: AnyFunction;
  readonly options: TaskOptions;
  #plan: TaskPlan | undefined;

  constructor(fn: AnyFunction, given: TaskOptions) {
    if (typeof fn !== "function") {
      throw new InvalidOptionError(`task() needs a function, as its last argument; got ${typeof fn}.`);
    }
    const options = readOptions("task()", given, taskOptionNames);
    this.name = options.name ?? (fn.name === "" ? "unknown-task" : fn.name);
    if (typeof this.name !== "string") {
      throw new InvalidOptionError(`Expected string for task option 'name'; got ${typeof this.name} instead.`);
    }
    this.key = options.key ?? this.name;
    this.fn = fn;
    this.options = options;
    checkOptions(options);
  }

  /** Settings count when the first run starts, not when the file is loaded. */
  get plan(): TaskPlan {
    this.#plan ??= makePlan(this);
    return this.#plan;
  }
}

function checkOptions(options: TaskOptions): void {
  const { retries, timeoutSeconds, retryDelaySeconds } = options;
  if (retries !== undefined && !(Number.isInteger(retries) && retries >= 0)) {
    throw new InvalidOptionError(`'retries' must be a whole number of at least 0; got ${String(retries)}.`);
  }
  if (timeoutSeconds !== undefined && !(typeof timeoutSeconds === "number" && timeoutSeconds >= 0)) {
    throw new InvalidOptionError(`'timeoutSeconds' must be a number of at least 0; got ${String(timeoutSeconds)}.`);
  }
  if (retryDelaySeconds !== undefined) resolveDelays(retries ?? 0, retryDelaySeconds);
  for (const hooks of [options.onCompletion, options.onFailure, options.onRunning]) checkHooks(hooks);
}

export function checkHooks(hooks: unknown): void {
  if (hooks === undefined) return;
  if (!Array.isArray(hooks) || hooks.some((hook) => typeof hook !== "function")) {
    throw new InvalidOptionError("Hooks must be a list of functions, for example onFailure: [notify].");
  }
}

function makePlan({ key, options }: TaskSpec): TaskPlan {
  const settings = currentSettings();
  const retries = options.retries ?? settings.get("PREFECT_TASKS_DEFAULT_RETRIES");
  const delays = resolveDelays(
    retries,
    options.retryDelaySeconds ?? settings.get("PREFECT_TASKS_DEFAULT_RETRY_DELAY_SECONDS"),
  );
  const empirical_policy = {
    max_retries: 0,
    retry_delay_seconds: 0,
    retries,
    retry_delay: delays,
    ...(options.retryJitterFactor === undefined ? {} : { retry_jitter_factor: options.retryJitterFactor }),
  };
  const expiration = options.cacheExpiration ?? options.cacheExpirationSeconds;
  return {
    template: {
      task_key: key,
      tags: [...new Set(options.tags ?? [])].sort(),
      empirical_policy,
      ...(options.version === undefined ? {} : { task_version: options.version }),
    },
    retries,
    delays,
    ...cachingOf(options),
    cacheExpirationSeconds: expiration === undefined ? undefined : toSeconds("cacheExpiration", expiration),
    refreshesCache: options.refreshCache ?? settings.get("PREFECT_TASKS_REFRESH_CACHE"),
  };
}

function cachingOf(options: TaskOptions): Pick<TaskPlan, "cachePolicy" | "cacheKeyFn" | "persistsResult"> {
  const settings = currentSettings();
  const isOff = options.persistResult === false || settings.get("PREFECT_TASKS_DISABLE_CACHING");
  const given = options.cachePolicy === undefined ? undefined : readCachePolicy(options.cachePolicy);
  const byDefault = settings.get("PREFECT_TASKS_DEFAULT_NO_CACHE") ? NO_CACHE : DEFAULT;
  const asksForStorage =
    options.cacheKeyFn !== undefined || options.resultStorageKey !== undefined || (given?.isCaching ?? false);
  return {
    cachePolicy: isOff || options.resultStorageKey !== undefined ? NO_CACHE : (given ?? byDefault),
    cacheKeyFn: isOff ? undefined : options.cacheKeyFn,
    persistsResult:
      options.persistResult ?? (asksForStorage ? true : settings.get("PREFECT_TASKS_DEFAULT_PERSIST_RESULT")),
  };
}
