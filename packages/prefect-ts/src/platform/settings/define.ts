/** How the text of a setting is read; `parse.ts` has one reader per kind. */
export type SettingKind =
  | "flag"
  | "int"
  | "float"
  | "text"
  | "path"
  | "logLevel"
  | "choice"
  | "duration"
  | "delays"
  | "textList"
  | "statusCodes"
  | "textMap"
  | "durationMap";

/** The levels of Python's logging that settings may name. */
export type LogLevelName = "DEBUG" | "INFO" | "WARNING" | "ERROR" | "CRITICAL";

interface SettingOptions {
  /** Names of earlier releases that are still read, after the setting's own. */
  readonly aliases?: readonly string[];
  readonly isSecret?: boolean;
  /** Least value. */
  readonly min?: number;
  /** The value must be greater than this. */
  readonly above?: number;
  /** Greatest value. */
  readonly max?: number;
}

/** Everything known about one setting. `fallback` is the value when nothing sets it. */
export interface SettingDefinition<Value = unknown> extends SettingOptions {
  readonly kind: SettingKind;
  readonly fallback: Value;
  readonly description: string;
  readonly choices?: readonly string[];
}

export const MINUTE = 60;
export const HOUR = 3600;
export const DAY = 86_400;

/** A setting of one kind that always has a value. */
function kind<Value>(name: SettingKind) {
  return (fallback: Value, description: string, options: SettingOptions = {}): SettingDefinition<Value> => ({
    kind: name,
    fallback,
    description,
    ...options,
  });
}

/** A setting of one kind that may be unset. */
function optionalKind<Value>(name: SettingKind) {
  return (description: string, options: SettingOptions = {}): SettingDefinition<Value | undefined> => ({
    kind: name,
    fallback: undefined,
    description,
    ...options,
  });
}

export const flag = kind<boolean>("flag");
export const int = kind<number>("int");
export const float = kind<number>("float");
export const text = kind<string>("text");
/** `~` and `$PREFECT_HOME` at its beginning stand for folders. */
export const path = kind<string>("path");
export const logLevel = kind<LogLevelName>("logLevel");
/** Seconds; read from a number, `PT1H30M`, or `2 days, 1:30:00`. */
export const duration = kind<number>("duration");
/** Seconds, or one number of seconds per attempt. */
export const delays = kind<number | readonly number[]>("delays");
/** Comma separated, or a JSON array. */
export const textList = kind<readonly string[]>("textList");
export const statusCodes = kind<readonly number[]>("statusCodes");
/** A JSON object of texts. */
export const textMap = kind<Readonly<Record<string, string>>>("textMap");
/** A JSON object of durations, in seconds. */
export const durationMap = kind<Readonly<Record<string, number>>>("durationMap");

export const optionalFlag = optionalKind<boolean>("flag");
export const optionalInt = optionalKind<number>("int");
export const optionalFloat = optionalKind<number>("float");
export const optionalText = optionalKind<string>("text");

/** One of a few words. */
export function choice<const Choice extends string>(
  choices: readonly Choice[],
  fallback: NoInfer<Choice>,
  description: string,
  options: SettingOptions = {},
): SettingDefinition<Choice> {
  return { kind: "choice", choices, fallback, description, ...options };
}

export function optionalChoice<const Choice extends string>(
  choices: readonly Choice[],
  description: string,
  options: SettingOptions = {},
): SettingDefinition<Choice | undefined> {
  return { kind: "choice", choices, fallback: undefined, description, ...options };
}
