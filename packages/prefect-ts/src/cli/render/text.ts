/** Text in columns of a terminal: how wide it is, and where it breaks. Plain text only; colours come afterwards. */

/** East Asian wide characters and emoji take two columns, combining marks none. */
const WIDE =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE4F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Emoji_Presentation}/u;
const ZERO = /\p{Mark}|\p{Default_Ignorable_Code_Point}/u;
const PLAIN = /^[\u0020-\u007E]*$/;

export function textWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

function characterWidth(character: string): number {
  if (ZERO.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

export function padEnd(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - textWidth(text)));
}

export function padStart(text: string, width: number): string {
  return " ".repeat(Math.max(0, width - textWidth(text))) + text;
}

/** An odd column is left on the right. */
export function centered(text: string, width: number): string {
  const space = Math.max(0, width - textWidth(text));
  return padEnd(" ".repeat(Math.floor(space / 2)) + text, width);
}

/** Cuts at `width` with an ellipsis. */
export function truncated(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  return `${takeColumns(text, width - 1)}…`;
}

/** Lines of at most `width` columns, broken at spaces. A word that alone is too long is folded, or cut with an ellipsis. */
export function wrapped(text: string, width: number, longWords: "fold" | "cut" = "fold"): string[] {
  return text.split("\n").flatMap((line) => wrappedLine(line, Math.max(1, width), longWords));
}

function wrappedLine(line: string, width: number, longWords: "fold" | "cut"): string[] {
  if (textWidth(line) <= width) return [line];
  const lines: string[] = [];
  let current = "";
  for (const [found] of line.matchAll(/\s*\S+\s*/g)) {
    const word = longWords === "cut" ? truncated(found.trimEnd(), width) + found.slice(found.trimEnd().length) : found;
    if (textWidth(current) + textWidth(word.trimEnd()) <= width) {
      current += word;
      continue;
    }
    if (current !== "") lines.push(current);
    current = word;
    while (textWidth(current.trimEnd()) > width) {
      const head = takeColumns(current, width);
      lines.push(head);
      current = current.slice(head.length);
    }
  }
  if (current !== "") lines.push(current);
  return lines.map((part) => (textWidth(part) > width ? part.trimEnd() : part));
}

function takeColumns(text: string, width: number): string {
  let taken = "";
  let used = 0;
  for (const character of text) {
    used += characterWidth(character);
    if (used > width) break;
    taken += character;
  }
  return taken;
}
