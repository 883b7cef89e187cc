import { wantsColor } from "../platform/color.ts";
import { packageVersion } from "../platform/package-version.ts";
import { UsageError } from "./cli-error.ts";
import type { Command } from "./command.ts";
import { createContext } from "./context.ts";
import { type GlobalOptions, readGlobalOptions } from "./global-options.ts";
import { findGroup, groups } from "./groups.ts";
import { createOutput, type Output } from "./output.ts";
import { reportError, type Session } from "./report-error.ts";

/** Runs one command line and answers the exit code. Everything the user should know has been printed. */
export async function runCli(argv: readonly string[]): Promise<number> {
  const out = plainOutput();
  let session: Session = {
    out,
    isJson: false,
    wantsStack: /^(1|true|yes|on)$/i.test(process.env["PREFECT_DEBUG_MODE"] ?? ""),
  };
  try {
    const options = readGlobalOptions(argv);
    if (options.wantsVersion) {
      out.line(packageVersion());
      return 0;
    }
    const found = await findCommand(options);
    if (options.wantsHelp || found.command === undefined) return await printHelp(options, found, out);

    const { parseArguments } = await import("./parse-arguments.ts");
    const values = parseArguments(found.command, found.words);
    session = { ...session, isJson: String(values["output"]).toLowerCase() === "json" };
    const context = createContext(options);
    session = { ...session, out: context.out, wantsStack: session.wantsStack || context.isDebugging };
    try {
      await found.command.run(values, context);
    } finally {
      await context.close();
    }
    return 0;
  } catch (error) {
    return reportError(error, session);
  }
}

interface Found {
  /** The group, or group within a group, that the words name. */
  readonly path: string;
  readonly summary: string;
  readonly commands: readonly Command[];
  readonly command: Command | undefined;
  /** What is left for the command. */
  readonly words: readonly string[];
}

async function findCommand({ words }: GlobalOptions): Promise<Found> {
  const [first, ...rest] = words;
  if (first === undefined) return { path: "", summary: "", commands: [], command: undefined, words: [] };
  const group = findGroup(first);
  if (group === undefined) {
    throw new UsageError(
      await unknownCommand(
        first,
        groups.flatMap(({ name, aliases }) => [name, ...aliases]),
      ),
    );
  }
  const commands = await group.load();
  const own = commands.find(({ name }) => name === group.name);
  if (own !== undefined) return { path: group.name, summary: group.summary, commands, command: own, words: rest };
  return findInGroup(group.name, group.summary, commands, rest);
}

/** Follows the words down, `server database reset`, until they name a command or stop. */
async function findInGroup(
  path: string,
  summary: string,
  commands: readonly Command[],
  words: readonly string[],
): Promise<Found> {
  const [first, ...rest] = words;
  if (first === undefined) return { path, summary, commands, command: undefined, words: [] };
  const command = commands.find(({ name, aliases }) =>
    [name, ...aliases.map((alias) => `${path} ${alias}`)].includes(`${path} ${first}`),
  );
  if (command !== undefined) return { path, summary, commands, command, words: rest };
  const inner = commands.filter(({ name }) => name.startsWith(`${path} ${first} `));
  if (inner.length > 0) return findInGroup(`${path} ${first}`, summary, inner, rest);
  const depth = path.split(" ").length;
  throw new UsageError(
    await unknownCommand(
      first,
      commands.map(({ name }) => name.split(" ")[depth] ?? ""),
    ),
  );
}

async function unknownCommand(word: string, names: readonly string[]): Promise<string> {
  const { closest } = await import("./parse-arguments.ts");
  const meant = closest(word, names);
  const hint = meant === undefined ? "" : ` Did you mean "${meant}"?`;
  const shown = names.slice(0, 8).join(", ");
  return `Unknown command "${word}".${hint} Available commands: ${shown}${names.length > 8 ? ", ..." : "."}`;
}

async function printHelp(options: GlobalOptions, found: Found, out: Output): Promise<number> {
  const { commandHelp, groupHelp, rootHelp } = await import("./help.ts");
  if (options.words.length === 0) out.line(rootHelp(groups, out));
  else if (found.command !== undefined) out.line(commandHelp(found.command, out));
  else out.line(groupHelp(found.path, found.summary, found.commands, out));
  return 0;
}

/** For what is said before the settings are known. */
function plainOutput(): Output {
  const { stdout, stderr, env } = process;
  return createOutput({ stdout, stderr, hasColors: wantsColor(stdout), isWrapping: true, columns: env["COLUMNS"] });
}
