/**
 * The query of a page's URL as plain names and values (`?state=FAILED&state=CRASHED&q=etl`), not as JSON: it can be
 * read, written by hand and shared. A key that stands more than once is a list.
 */
export function parseSearch(query: string): Record<string, string | string[]> {
  const found: Record<string, string | string[]> = {};
  for (const [key, value] of new URLSearchParams(query)) {
    const before = found[key];
    found[key] = before === undefined ? value : [before, value].flat();
  }
  return found;
}

export function stringifySearch(search: Readonly<Record<string, unknown>>): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(search)) {
    for (const item of [value].flat()) {
      if (item !== undefined && item !== null && item !== "") params.append(key, String(item));
    }
  }
  const text = params.toString();
  return text === "" ? "" : `?${text}`;
}

/** For the validators of pages: whatever a hand-written URL holds becomes text, a list or nothing. */
export function textOf(value: unknown): string | undefined {
  const first = [value].flat()[0];
  return first === undefined || first === null || first === "" ? undefined : String(first);
}

export function listOf(value: unknown): string[] | undefined {
  const items = [value].flat().filter((item) => item !== undefined && item !== null && item !== "");
  return items.length === 0 ? undefined : items.map(String);
}

export function oneOf<Value extends string>(value: unknown, allowed: readonly Value[]): Value | undefined {
  const text = textOf(value);
  return allowed.find((candidate) => candidate === text);
}

export function positiveInteger(value: unknown): number | undefined {
  const number = Number(textOf(value));
  return Number.isInteger(number) && number > 0 ? number : undefined;
}
