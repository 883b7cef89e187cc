import { SourceWalker } from "./json-source.ts";

/**
 * Opaque JSON stays text. Parameters, state data, payloads and the like are Python's as much as ours, and
 * `JSON.parse` loses `1.0`, `2**70` and the order of keys such as "10". So they travel and lie as the text that was
 * sent: a body is parsed once, and every object in it remembers its source text when parsing would change it.
 */

/** JSON text in the place of the value it spells. Written with `stringify`, it appears verbatim. */
export class RawJson {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** The text as if it were the value: for fields whose content nobody on the way looks into. */
export function rawJson<Value>(text: string): Value {
  return new RawJson(text) as Value;
}

/** Source texts of objects and arrays whose parsed form does not print the same. */
const sources = new WeakMap<object, string>();
/** Source texts of primitive members (`1.0`) by the object that holds them. */
const memberSources = new WeakMap<object, Map<string, string>>();

/** What `JSON.parse` would not give back: floats with a zero fraction, exponents, long integers, -0, integer keys. */
const LOSSY = /\d\.\d*0(?!\d)|\d[eE]|\d{16}|-0(?!\.\d*[1-9])|"\d+"\s*:/;

/** Parses a request body. Throws `SyntaxError` as `JSON.parse` does. */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (LOSSY.test(text)) {
    new SourceWalker(text, {
      container: (container, source) => sources.set(container, source),
      member: (holder, key, source) => remember(holder, key, source),
    }).walk(value);
  }
  return value;
}

/** The JSON text of a parsed value: what was sent when that is known, else what `JSON.stringify` makes of it. */
export function jsonText(value: unknown): string {
  if (value instanceof RawJson) return value.text;
  if (typeof value === "object" && value !== null) {
    const source = sources.get(value);
    if (source !== undefined) return source;
    return stringify(value);
  }
  return JSON.stringify(value) ?? "null";
}

/** The JSON text of `holder[key]`; the holder knows the spelling of numbers, which have no identity of their own. */
export function memberText<Holder extends object>(holder: Holder, key: keyof Holder & string): string {
  return memberSources.get(holder)?.get(key) ?? jsonText(holder[key]);
}

/** Copies what is known of `from`'s text to `to`, for code that rebuilds an object (a schema) without changing it. */
export function keepSource<Value extends object>(from: object, to: Value): Value {
  const source = sources.get(from);
  if (source !== undefined) sources.set(to, source);
  const members = memberSources.get(from);
  if (members !== undefined) memberSources.set(to, members);
  return to;
}

/** Stands for a raw text while `JSON.stringify` runs. Nobody can send it: it is made anew in every process. */
const MARK = `\u0000${globalThis.crypto.randomUUID()}`;
const WRITTEN_MARK = JSON.stringify(MARK);

/** `JSON.stringify` that writes `RawJson` verbatim. */
export function stringify(value: unknown): string {
  if (value instanceof RawJson) return value.text;
  const texts: string[] = [];
  collecting = texts;
  try {
    const text = JSON.stringify(value) ?? "null";
    if (texts.length === 0) return text;
    // `toJSON` is called in the order of the output, so the marks stand in the order of the texts.
    const [first = "", ...rest] = text.split(WRITTEN_MARK);
    return rest.reduce((joined, part, index) => joined + texts[index] + part, first);
  } finally {
    collecting = undefined;
  }
}

/** The texts of the `stringify` that is running; `JSON.stringify` is synchronous, so there is one at a time. */
let collecting: string[] | undefined;

Object.defineProperty(RawJson.prototype, "toJSON", {
  value: function toJSON(this: RawJson): unknown {
    if (collecting === undefined) return JSON.parse(this.text);
    collecting.push(this.text);
    return MARK;
  },
});

function remember(holder: object, key: string, source: string): void {
  const members = memberSources.get(holder) ?? new Map<string, string>();
  members.set(key, source);
  memberSources.set(holder, members);
}
