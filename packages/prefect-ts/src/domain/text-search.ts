/**
 * The search language of logs and events: terms that stand alone are alternatives, `-term` or `!term` excludes,
 * `+term` must be there, double quotes make a phrase (with `\"` and `\\` inside). Case does not matter.
 */
export interface TextSearch {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly required: readonly string[];
}

/** A term with its prefix: a phrase whose closing quote may be missing, or a word. A prefix alone is ignored. */
const TERM = /([-!+]?)(?:"((?:\\[\s\S]|[^"\\])*)"?|([^\s"]+))/g;

export function parseTextSearch(query: string): TextSearch {
  const include: string[] = [];
  const exclude: string[] = [];
  const required: string[] = [];
  for (const [, prefix, phrase, word] of query.matchAll(TERM)) {
    const term = phrase === undefined ? (word ?? "") : phrase.replace(/\\(["\\])/g, "$1");
    const isBarePrefix = phrase === undefined && prefix === "" && /^[-!+]$/.test(term);
    if (term.trim() === "" || isBarePrefix) continue;
    if (prefix === "+") required.push(term);
    else if (prefix === "-" || prefix === "!") exclude.push(term);
    else include.push(term);
  }
  return { include, exclude, required };
}

export function matchesText(search: TextSearch, text: string): boolean {
  const lower = text.toLowerCase();
  const has = (term: string) => lower.includes(term.toLowerCase());
  if (search.include.length > 0 && !search.include.some(has)) return false;
  return search.required.every(has) && !search.exclude.some(has);
}
