import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { InvalidNameError, InvalidOptionError } from "./exceptions.ts";
import { type FlowOptions, flowOptionNames } from "./flow-options.ts";
import { readOptions } from "./option-names.ts";
import { ConcurrentTaskRunner, type TaskRunner } from "./task-runners.ts";
import { type AnyFunction, checkHooks } from "./task-spec.ts";

const BANNED_CHARACTERS = ["/", "%", "&", ">", "<"];
const defaultRunner = new ConcurrentTaskRunner();

/** A flow as the engine sees it. */
export class FlowSpec {
  readonly name: string;
  readonly fn: AnyFunction;
  readonly options: FlowOptions;
  readonly runner: TaskRunner;
  /** The file that defines the flow, where it is known. */
  readonly file: string | undefined;
  #version: string | undefined;

  constructor(fn: AnyFunction, given: FlowOptions, file: string | undefined) {
    if (typeof fn !== "function") {
      throw new InvalidOptionError(`flow() needs a function, as its last argument; got ${typeof fn}.`);
    }
    const options = readOptions("flow()", given, flowOptionNames);
    this.name = options.name ?? (fn.name === "" ? "unknown-flow" : fn.name.replaceAll("_", "-"));
    checkName(this.name);
    checkOptions(options);
    this.fn = fn;
    this.options = options;
    this.runner = options.taskRunner ?? defaultRunner;
    this.file = file;
  }

  get version(): string | undefined {
    this.#version ??= this.options.version ?? hashOf(this.file);
    return this.#version;
  }
}

function checkName(name: unknown): void {
  if (typeof name !== "string") {
    throw new InvalidOptionError(`Expected string for flow parameter 'name'; got ${typeof name} instead.`);
  }
  if (name === "" || BANNED_CHARACTERS.some((character) => name.includes(character))) {
    const list = BANNED_CHARACTERS.map((character) => `'${character}'`).join(", ");
    throw new InvalidNameError(`Name '${name}' contains an invalid character. Must not contain any of: [${list}].`);
  }
}

function checkOptions(options: FlowOptions): void {
  const { retries, retryDelaySeconds, timeoutSeconds, taskRunner } = options;
  if (retries !== undefined && !(Number.isInteger(retries) && retries >= 0)) {
    throw new InvalidOptionError(`'retries' must be a whole number of at least 0; got ${String(retries)}.`);
  }
  for (const [name, seconds] of Object.entries({ retryDelaySeconds, timeoutSeconds })) {
    if (seconds !== undefined && !(typeof seconds === "number" && seconds >= 0)) {
      throw new InvalidOptionError(`'${name}' of a flow must be a number of at least 0; got ${String(seconds)}.`);
    }
  }
  if (taskRunner !== undefined && typeof taskRunner.start !== "function") {
    throw new InvalidOptionError("'taskRunner' must be a task runner, for example new ConcurrentTaskRunner().");
  }
  for (const hooks of [options.onCompletion, options.onFailure, options.onCrashed]) checkHooks(hooks);
  for (const hooks of [options.onCancellation, options.onRunning]) checkHooks(hooks);
}

function hashOf(file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  try {
    return createHash("md5").update(readFileSync(file)).digest("hex");
  } catch {
    return undefined;
  }
}

const FRAME_FILE = /\(?((?:file:\/\/|\/)[^()]+?):\d+:\d+\)?$/;

/** The file that calls the function at `depth` frames above this one. */
export function callingFile(depth: number): string | undefined {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = depth + 2;
  const frame = new Error().stack?.split("\n")[depth + 1];
  Error.stackTraceLimit = limit;
  const place = frame === undefined ? undefined : FRAME_FILE.exec(frame.trim())?.[1];
  if (place === undefined) return undefined;
  return place.startsWith("file:") ? fileURLToPath(place) : place;
}
