/**
 * Reads the words behind a command's name into values, by the command's own description. Node's `parseArgs` cuts them
 * into tokens (it needs no loading, where a library costs 15 ms of every start); meaning and messages are ours.
 */
import { parseArgs } from "node:util";
import { UsageError } from "./cli-error.ts";
import { type Command, longName, negativeName, type Parameter } from "./command.ts";

interface Target {
  readonly key: string;
  readonly spec: Parameter;
  /** What the flag means when it is given. */
  readonly says: boolean;
}

type Values = Record<string, unknown>;

/** Short names of two letters that Prefect's CLI has always had. */
const LONG_SHORTS: Readonly<Record<string, string>> = { "-jv": "--job-variable", "-cl": "--concurrency-limit" };

const UUID_FORM = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Throws `UsageError`. */
export function parseArguments(command: Command, words: readonly string[]): Values {
  const targets = optionTargets(command);
  const { tokens } = parseArgs({
    args: words.map((word) => LONG_SHORTS[word] ?? word),
    options: parserOptions(targets),
    strict: false,
    tokens: true,
  });
  const given: Values = {};
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind === "option") readOption(command, targets, token, given);
  }
  readPositionals(command, positionals, given);
  return { ...fallbacks(command), ...given };
}

/** Every long name, and arguments too: an argument may also be given by its name. */
function optionTargets(command: Command): Map<string, Target> {
  const targets = new Map<string, Target>();
  for (const [key, spec] of Object.entries({ ...command.args, ...command.options })) {
    const negative = negativeName(key, spec);
    if (spec.isNegativeOnly !== true) targets.set(longName(key, spec), { key, spec, says: true });
    if (negative !== undefined) targets.set(negative, { key, spec, says: false });
    for (const name of spec.hidden ?? []) targets.set(name, { key, spec, says: true });
  }
  return targets;
}

function parserOptions(targets: ReadonlyMap<string, Target>) {
  const options: Record<string, { type: "string" | "boolean"; multiple: true; short?: string }> = {};
  for (const [name, { spec, says }] of targets) {
    options[name] = { type: spec.type === "flag" ? "boolean" : "string", multiple: true };
    if (spec.short !== undefined && says && spec.hidden?.includes(name) !== true) options[name].short = spec.short;
  }
  return options;
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

function readOption(command: Command, targets: ReadonlyMap<string, Target>, token: OptionToken, given: Values): void {
  const target = targets.get(token.name);
  if (target === undefined) throw new UsageError(unknownOption(token.rawName, [...targets.keys()]));
  const { key, spec, says } = target;
  if (spec.type === "flag") {
    given[key] = token.value === undefined ? says : says === readFlag(token.rawName, token.value);
    return;
  }
  const isMissing = token.value === undefined || (token.inlineValue !== true && token.value.startsWith("--"));
  if (isMissing) throw new UsageError(needsArgument(command, key, spec));
  const value = readValue(token.rawName, spec, token.value ?? "");
  given[key] = spec.isRepeatable === true ? [...((given[key] as unknown[] | undefined) ?? []), value] : value;
}

function readPositionals(command: Command, positionals: readonly string[], given: Values): void {
  let left = [...positionals];
  for (const [key, spec] of Object.entries(command.args)) {
    if (given[key] === undefined && left.length > 0) {
      const taken = spec.isRepeatable === true ? left : left.slice(0, 1);
      const values = taken.map((word) => readValue(longName(key, spec).toUpperCase(), spec, word));
      given[key] = spec.isRepeatable === true ? values : values[0];
      left = left.slice(taken.length);
    }
    if (spec.isRequired === true && given[key] === undefined) throw new UsageError(needsArgument(command, key, spec));
  }
  if (left.length > 0) {
    throw new UsageError(`Command "${command.name}" does not take ${left.map((word) => `"${word}"`).join(", ")}.`);
  }
}

function fallbacks(command: Command): Values {
  const specs = Object.entries({ ...command.args, ...command.options });
  return Object.fromEntries(specs.map(([key, spec]) => [key, spec.fallback]));
}

function readValue(name: string, spec: Parameter, text: string): unknown {
  if (spec.type === "uuid" && !UUID_FORM.test(text)) throw new UsageError(inconvertible(name, text, "UUID"));
  if (spec.type === "uuid") return text.toLowerCase();
  if (spec.type !== "int") return text;
  const value = /^[+-]?\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value)) throw new UsageError(inconvertible(name, text, "int"));
  return value;
}

function inconvertible(name: string, text: string, type: string): string {
  return `Invalid value for ${name}: unable to convert "${text}" into ${type}.`;
}

function readFlag(rawName: string, text: string): boolean {
  if (/^(true|1|yes|on)$/i.test(text)) return true;
  if (/^(false|0|no|off)$/i.test(text)) return false;
  throw new UsageError(inconvertible(rawName, text, "bool"));
}

function needsArgument(command: Command, key: string, spec: Parameter): string {
  return `Command "${command.name}" parameter --${longName(key, spec)} requires an argument.`;
}

function unknownOption(rawName: string, names: readonly string[]): string {
  const meant = closest(rawName.replace(/^-+/, ""), names);
  return `Unknown option: ${rawName}.${meant === undefined ? "" : ` Did you mean --${meant}?`}`;
}

/** The name that is nearest in spelling, if any is near: two letters swapped, or a third of them wrong. */
export function closest(word: string, names: readonly string[]): string | undefined {
  const ranked = names.map((name) => ({ name, distance: editDistance(word, name) }));
  ranked.sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best !== undefined && best.distance <= (word.length < 4 ? 1 : Math.max(2, Math.floor(word.length / 3)))
    ? best.name
    : undefined;
}

function editDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const changed = (previous[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
      current.push(Math.min(changed, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[to.length] ?? 0;
}
