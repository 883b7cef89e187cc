/**
 * Edits the text of `profiles.toml` line by line, so that comments and order stay: no TOML library keeps them. It knows
 * one-line values and plain table headers; whoever uses it checks the outcome and falls back on `printProfiles`.
 */
export type ProfileEdit =
  /** Makes a profile the active one. */
  | { readonly kind: "use"; readonly name: string }
  /** Adds a profile, or gives it these settings and no others. */
  | { readonly kind: "put"; readonly name: string; readonly settings: Readonly<Record<string, string>> }
  | { readonly kind: "remove"; readonly name: string }
  | { readonly kind: "rename"; readonly name: string; readonly to: string };

export function editProfilesText(text: string, edits: readonly ProfileEdit[]): string {
  const lines = text.replace(/\n+$/, "").split("\n");
  if (lines.length === 1 && lines[0] === "") lines.pop();
  for (const edit of edits) editLines(lines, edit);
  return lines.length === 0 ? "" : `${lines.join("\n").replace(/\n+$/, "")}\n`;
}

/** The whole file in the form in which Prefect's CLI writes it. */
export function printProfiles(profiles: {
  readonly active: string | undefined;
  readonly byName: ReadonlyMap<string, Readonly<Record<string, string>>>;
}): string {
  const blocks = [...profiles.byName].map(([name, settings]) => [header(name), ...assignments(settings)].join("\n"));
  if (profiles.active !== undefined) blocks.unshift(assignment("active", profiles.active));
  return `${blocks.join("\n\n")}\n`;
}

function editLines(lines: string[], edit: ProfileEdit): void {
  switch (edit.kind) {
    case "use":
      setActive(lines, edit.name);
      return;
    case "put":
      putProfile(lines, edit.name, edit.settings);
      return;
    case "remove": {
      const block = findBlock(lines, edit.name);
      if (block !== undefined) lines.splice(block.start, block.end - block.start);
      return;
    }
    case "rename": {
      const block = findBlock(lines, edit.name);
      if (block !== undefined) lines[block.start] = header(edit.to);
    }
  }
}

function setActive(lines: string[], name: string): void {
  const firstTable = lines.findIndex((line) => line.trimStart().startsWith("["));
  const top = firstTable === -1 ? lines.length : firstTable;
  const at = lines.slice(0, top).findIndex((line) => keyOf(line) === "active");
  if (at !== -1) {
    lines[at] = assignment("active", name) + commentOf(lines[at] ?? "");
  } else {
    lines.splice(0, 0, assignment("active", name), ...(lines.length === 0 ? [] : [""]));
  }
}

function putProfile(lines: string[], name: string, settings: Readonly<Record<string, string>>): void {
  const block = findBlock(lines, name);
  if (block === undefined) {
    lines.push(...(lines.length === 0 ? [] : [""]), header(name), ...assignments(settings));
    return;
  }
  const left = { ...settings };
  const kept: string[] = [];
  for (const line of lines.slice(block.start + 1, block.end)) {
    const key = keyOf(line);
    if (key === undefined) {
      kept.push(line);
    } else if (left[key] !== undefined) {
      kept.push(assignment(key, left[key]) + commentOf(line));
      delete left[key];
    }
  }
  let last = kept.length;
  while (last > 0 && kept[last - 1]?.trim() === "") last -= 1;
  kept.splice(last, 0, ...assignments(left));
  lines.splice(block.start + 1, block.end - block.start - 1, ...kept);
}

/** From the header to the next one; comments directly above that belong to the next. */
function findBlock(
  lines: readonly string[],
  name: string,
): { readonly start: number; readonly end: number } | undefined {
  const start = lines.findIndex((line) => nameInHeader(line) === name);
  if (start === -1) return undefined;
  const next = lines.findIndex((line, index) => index > start && line.trimStart().startsWith("["));
  let end = next === -1 ? lines.length : next;
  while (next !== -1 && end > start + 1 && lines[end - 1]?.trimStart().startsWith("#")) end -= 1;
  return { start, end };
}

function nameInHeader(line: string): string | undefined {
  const match = /^\s*\[\s*profiles\s*\.\s*(?:([\w-]+)|"([^"\\]*)"|'([^']*)')\s*\]\s*(?:#.*)?$/.exec(line);
  return match?.[1] ?? match?.[2] ?? match?.[3];
}

function keyOf(line: string): string | undefined {
  return /^\s*([\w-]+)\s*=/.exec(line)?.[1];
}

/** The comment behind a one-line value, with the space before it. */
function commentOf(line: string): string {
  return /^\s*[\w-]+\s*=\s*(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^#"']*?)(\s*#.*)$/.exec(line)?.[1] ?? "";
}

function header(name: string): string {
  return `[profiles.${/^[\w-]+$/.test(name) ? name : JSON.stringify(name)}]`;
}

function assignments(settings: Readonly<Record<string, string>>): string[] {
  return Object.entries(settings).map(([key, value]) => assignment(key, value));
}

function assignment(key: string, value: string): string {
  return `${/^[\w-]+$/.test(key) ? key : JSON.stringify(key)} = ${JSON.stringify(value)}`;
}
