import { UsageError } from "./cli-error.ts";

/** What is said about the whole call, and the words that are left for the command. */
export interface GlobalOptions {
  readonly profile?: string;
  readonly canPrompt?: boolean;
  readonly wantsVersion: boolean;
  readonly wantsHelp: boolean;
  readonly words: readonly string[];
}

/**
 * Takes out `--profile`, `--prompt`, `--no-prompt` and `--help`, wherever they stand, and `-p`, `-v`, `--version` before
 * the command: behind it they belong to the command (`worker start -p pool`).
 */
export function readGlobalOptions(argv: readonly string[]): GlobalOptions {
  const words: string[] = [];
  let profile: string | undefined;
  let canPrompt: boolean | undefined;
  let wantsVersion = false;
  let wantsHelp = false;

  for (let at = 0; at < argv.length; at += 1) {
    const word = argv[at] ?? "";
    const isBeforeCommand = words.length === 0;
    if (word === "--") {
      words.push(...argv.slice(at));
      break;
    }
    if (word === "--profile" || (word === "-p" && isBeforeCommand)) {
      at += 1;
      profile = argv[at];
      if (profile === undefined || profile.startsWith("--")) {
        throw new UsageError('Command "prefect" parameter --profile requires an argument.');
      }
    } else if (word.startsWith("--profile=")) profile = word.slice("--profile=".length);
    else if (word === "--prompt") canPrompt = true;
    else if (word === "--no-prompt") canPrompt = false;
    else if (word === "--help") wantsHelp = true;
    else if (isBeforeCommand && (word === "--version" || word === "-v")) wantsVersion = true;
    else words.push(word);
  }
  return {
    ...(profile === undefined ? {} : { profile }),
    ...(canPrompt === undefined ? {} : { canPrompt }),
    wantsVersion,
    wantsHelp,
    words,
  };
}
