import { createHash } from "node:crypto";

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;
const known = new WeakMap<object, readonly string[] | undefined>();
/** Functions whose last parameter collects what is left. */
const withRest = new WeakSet<object>();

type AnyFunction = (...args: never[]) => unknown;

/**
 * The names of a function's parameters, read from its source; `undefined` when one is not a simple identifier (a
 * pattern such as `{ a, b }`), for then there is no name to give it.
 */
export function parameterNames(fn: AnyFunction): readonly string[] | undefined {
  if (!known.has(fn)) known.set(fn, readNames(fn));
  return known.get(fn);
}

/** A call's arguments by the names of the parameters; a rest parameter has the list of what it collects. */
export function argumentsByName(fn: AnyFunction, args: readonly unknown[]): Record<string, unknown> {
  const names = parameterNames(fn);
  const rest = names !== undefined && withRest.has(fn) ? names.length - 1 : args.length;
  const named = Object.fromEntries(args.slice(0, rest).map((value, index) => [argumentName(names, index), value]));
  return rest < args.length ? { ...named, [argumentName(names, rest)]: args.slice(rest) } : named;
}

/** A name for each position: the parameter's own where it can be read. */
export function argumentName(names: readonly string[] | undefined, index: number): string {
  return names?.[index] ?? `arg${index}`;
}

/** The source with white space made uniform, so that reformatting a file changes nothing. */
export function normalisedSource(fn: AnyFunction): string {
  return Function.prototype.toString.call(fn).replaceAll(/\s+/g, " ");
}

export function sourceHash(fn: AnyFunction): string {
  return createHash("md5").update(normalisedSource(fn)).digest("hex");
}

function readNames(fn: AnyFunction): readonly string[] | undefined {
  const source = Function.prototype.toString.call(fn);
  const bare = /^(?:async\s+)?([A-Za-z_$][\w$]*)\s*=>/.exec(source);
  if (bare?.[1] !== undefined && bare[1] !== "async") return [bare[1]];
  const open = source.indexOf("(");
  const list = open < 0 ? undefined : topLevelParts(source, open + 1);
  if (list === undefined) return undefined;
  const names: string[] = [];
  for (const part of list) {
    const name =
      part
        .replaceAll(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, "")
        .split("=")[0]
        ?.trim() ?? "";
    if (name === "") continue;
    const isRest = name.startsWith("...");
    const plain = isRest ? name.slice(3).trim() : name;
    if (isRest) withRest.add(fn);
    if (!IDENTIFIER.test(plain)) return undefined;
    names.push(plain);
  }
  return names;
}

const opening = "([{";
const closing = ")]}";

/** The pieces between the commas of a parameter list that starts at `from`; `undefined` when it does not end. */
function topLevelParts(source: string, from: number): string[] | undefined {
  const parts: string[] = [];
  let depth = 0;
  let start = from;
  for (let at = from; at < source.length; at += 1) {
    const character = source[at] ?? "";
    if (character === '"' || character === "'" || character === "`") at = endOfString(source, at);
    else if (opening.includes(character)) depth += 1;
    else if (closing.includes(character)) {
      if (depth === 0) {
        parts.push(source.slice(start, at));
        return parts;
      }
      depth -= 1;
    } else if (character === "," && depth === 0) {
      parts.push(source.slice(start, at));
      start = at + 1;
    }
  }
  return undefined;
}

function endOfString(source: string, from: number): number {
  const quote = source[from];
  let at = from + 1;
  while (at < source.length && source[at] !== quote) at += source[at] === "\\" ? 2 : 1;
  return at;
}
