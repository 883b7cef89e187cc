/**
 * The form of a command: what it takes, as data, and what it does. The parser, the help pages and the error messages
 * are made from the same data. Nothing here loads a library, for it is on the path of every start.
 */
import type { CliContext } from "./context.ts";

/** One argument or option. `Value` is what `run` receives. */
export interface Parameter<Value = unknown> {
  readonly type: "text" | "int" | "uuid" | "flag";
  readonly summary: string;
  readonly fallback: Value;
  readonly isRequired?: boolean;
  readonly isRepeatable?: boolean;
  /** A letter, as in `-o`. */
  readonly short?: string;
  /** Instead of the one that follows from the key. */
  readonly long?: string;
  /** The flag that says no: `no-x` unless given; `false` when there is none. */
  readonly negative?: string | false;
  /** There is a `--no-x` and no `--x`. */
  readonly isNegativeOnly?: boolean;
  /** Long names that mean the same and are not shown. */
  readonly hidden?: readonly string[];
}

type Parameters = Readonly<Record<string, Parameter>>;
type ValuesOf<Specs> = { readonly [Key in keyof Specs]: Specs[Key] extends Parameter<infer Value> ? Value : never };

interface CommandSpec<Args extends Parameters, Options extends Parameters> {
  /** Group and command, `flow-run ls`; a command without a group has one word. */
  readonly name: string;
  readonly summary: string;
  /** Further paragraphs of the help page. */
  readonly details?: string;
  readonly aliases?: readonly string[];
  readonly args?: Args;
  readonly options?: Options;
  run(values: ValuesOf<Args> & ValuesOf<Options>, context: CliContext): Promise<void> | void;
}

/** A command as the runner sees it, with its value types forgotten. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly details?: string;
  readonly aliases: readonly string[];
  /** In the order in which they are given. */
  readonly args: Parameters;
  readonly options: Parameters;
  run(values: Readonly<Record<string, unknown>>, context: CliContext): Promise<void> | void;
}

type Nothing = Record<never, Parameter>;

export function command<const Args extends Parameters = Nothing, const Options extends Parameters = Nothing>(
  spec: CommandSpec<Args, Options>,
): Command {
  return {
    ...spec,
    aliases: spec.aliases ?? [],
    args: spec.args ?? {},
    options: spec.options ?? {},
    run: (values, context) => spec.run(values as ValuesOf<Args> & ValuesOf<Options>, context),
  };
}

type Names = Pick<Parameter, "short" | "long" | "hidden">;

export function argument(summary = ""): Parameter<string> {
  return { type: "text", summary, fallback: "", isRequired: true };
}

export function uuidArgument(summary = ""): Parameter<string> {
  return { type: "uuid", summary, fallback: "", isRequired: true };
}

export function optionalArgument(summary: string): Parameter<string | undefined> {
  return { type: "text", summary, fallback: undefined };
}

/** One or more. */
export function restArguments(summary: string): Parameter<readonly string[]> {
  return { type: "text", summary, fallback: [], isRequired: true, isRepeatable: true };
}

export function textOption(summary: string, names: Names = {}): Parameter<string | undefined> {
  return { type: "text", summary, fallback: undefined, ...names };
}

/** May be given several times. */
export function listOption(summary: string, names: Names = {}): Parameter<readonly string[]> {
  return { type: "text", summary, fallback: [], isRepeatable: true, ...names };
}

export function intOption(summary: string, fallback: number, names?: Names): Parameter<number>;
export function intOption(summary: string, fallback?: undefined, names?: Names): Parameter<number | undefined>;
export function intOption(summary: string, fallback?: number, names: Names = {}): Parameter<number | undefined> {
  return { type: "int", summary, fallback, ...names };
}

type FlagNames = Names & Pick<Parameter, "negative" | "isNegativeOnly">;

export function flagOption(summary: string, fallback: boolean, names: FlagNames = {}): Parameter<boolean> {
  return { type: "flag", summary, fallback, ...names };
}

/** Neither given: undefined, and a setting decides. */
export function optionalFlag(summary: string, names: FlagNames = {}): Parameter<boolean | undefined> {
  return { type: "flag", summary, fallback: undefined, ...names };
}

/** `-o json`, which nearly every command that lists or shows has; `output.ts` checks the word. */
export const outputOption = textOption("Specify an output format. Currently supports: json", { short: "o" });

/** `flowName` is `--flow-name`. */
export function longName(key: string, { long }: Pick<Parameter, "long">): string {
  return long ?? key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The long name that says no; `undefined` when there is none. */
export function negativeName(key: string, option: Parameter): string | undefined {
  if (option.type !== "flag" || option.negative === false) return undefined;
  return option.negative ?? `no-${longName(key, option)}`;
}
