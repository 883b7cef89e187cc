import { InvalidOptionError } from "./exceptions.ts";

/** Two letters wrong in a name are a slip of the keyboard; more are another word. */
const FURTHEST_SUGGESTION = 3;

/**
 * The options under their camelCase names. Their snake_case spelling is taken too: snippets written for Python keep
 * working. Throws `InvalidOptionError` for a name that does not exist, with the nearest one that does.
 */
export function readOptions<Options extends object>(
  owner: string,
  given: Options,
  known: ReadonlySet<string>,
): Options {
  const options: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(given)) {
    const name = known.has(key) ? key : toCamelCase(key);
    if (!known.has(name)) throw new InvalidOptionError(`${owner} has no option '${key}'.${suggestion(name, known)}`);
    if (value !== undefined) options[name] = value;
  }
  return options as Options;
}

function toCamelCase(name: string): string {
  return name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function suggestion(name: string, known: ReadonlySet<string>): string {
  let best: string | undefined;
  let least = FURTHEST_SUGGESTION + 1;
  for (const candidate of known) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase()) - (sharesStart(name, candidate) ? 1 : 0);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best === undefined ? ` Options are: ${[...known].join(", ")}.` : ` Did you mean '${best}'?`;
}

const START_LENGTH = 3;

/** `retry` is nearer to `retries` than to `key`, which takes as many changes. */
function sharesStart(name: string, candidate: string): boolean {
  return name.slice(0, START_LENGTH) === candidate.slice(0, START_LENGTH);
}

function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
