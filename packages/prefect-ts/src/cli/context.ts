import type { Client } from "../client/client.ts";
import { wantsColor } from "../platform/color.ts";
import { type LoadSettingsOptions, loadSettings, type Settings } from "../platform/settings/settings.ts";
import type { ApiConnection } from "./api-connection.ts";
import type { GlobalOptions } from "./global-options.ts";
import { createOutput, type Output } from "./output.ts";
import { createPrompt, type Prompt } from "./prompt.ts";

/** What a command works with. */
export interface CliContext {
  readonly out: Output;
  readonly prompt: Prompt;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** All of them read and right; a wrong one is an error of the command line. */
  readonly settings: Settings;
  /** The same, but a wrong one is an error only when it is asked for: for the commands that mend it. */
  readonly uncheckedSettings: Settings;
  /** Debug mode, in which failures show where they come from. */
  readonly isDebugging: boolean;
  /** The API: the server that the settings name, or the embedded one. Opened at the first call. */
  client(): Promise<Client>;
  /** Gives back what was opened. */
  close(): Promise<void>;
}

export function createContext(options: GlobalOptions): CliContext {
  const { env } = process;
  const cwd = process.cwd();
  const load: LoadSettingsOptions = {
    env,
    cwd,
    ...(options.profile === undefined ? {} : { profile: options.profile }),
  };
  const unchecked = loadSettings({ ...load, validate: false });

  const out = outputFor(unchecked, env);
  for (const warning of unchecked.warnings) out.note(`WARNING: ${warning}`, "yellow");
  const prompt = createPrompt(options.canPrompt ?? mayPrompt(unchecked, env));

  const checked = lazily(() => {
    unchecked.validate();
    return unchecked;
  });
  let connection: Promise<ApiConnection> | undefined;
  return {
    out,
    prompt,
    env,
    cwd,
    uncheckedSettings: unchecked,
    isDebugging: tolerant(() => unchecked.get("PREFECT_DEBUG_MODE"), false),
    get settings() {
      return checked();
    },
    async client() {
      connection ??= import("./api-connection.ts").then(({ openApiConnection }) => openApiConnection(checked()));
      return (await connection).client;
    },
    async close() {
      prompt.close();
      await connection?.then(
        (opened) => opened.close(),
        () => undefined,
      );
    },
  };
}

function lazily<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

type Environment = CliContext["env"];

function outputFor(settings: Settings, env: Environment): Output {
  const { stdout, stderr } = process;
  return createOutput({
    stdout,
    stderr,
    hasColors: tolerant(() => settings.get("PREFECT_CLI_COLORS"), true) && wantsColor(stdout, env),
    isWrapping: tolerant(() => settings.get("PREFECT_CLI_WRAP_LINES"), true),
    columns: env["COLUMNS"],
  });
}

/** As the setting says; without one, when somebody sits at both ends. */
function mayPrompt(settings: Settings, env: Environment): boolean {
  const asked = tolerant(() => settings.get("PREFECT_CLI_PROMPT"), undefined);
  return asked ?? (process.stdout.isTTY === true && process.stdin.isTTY === true && env["TERM"] !== "dumb");
}

/** A wrong setting of the CLI's own must not keep the command from running that mends it. */
function tolerant<Value, Fallback>(read: () => Value, fallback: Fallback): Value | Fallback {
  try {
    return read();
  } catch {
    return fallback;
  }
}
