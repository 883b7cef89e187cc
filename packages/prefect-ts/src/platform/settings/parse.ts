/**
 * Reads the raw value of a setting: text from the environment, `.env` and profiles; numbers, booleans, lists and tables
 * from TOML and JSON. Accepts what pydantic accepts for the same type.
 */
import { parseIsoDuration } from "../../domain/duration.ts";
import type { SettingDefinition, SettingKind } from "./define.ts";

/** A raw value that cannot be read; the message says what is accepted, not where the value came from. */
export class UnreadableSetting extends Error {}

const WORDS_FOR_TRUE = new Set(["true", "1", "yes", "on", "t", "y"]);
const WORDS_FOR_FALSE = new Set(["false", "0", "no", "off", "f", "n"]);
const LOG_LEVELS = ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"];
const CLOCK_DURATION = /^(?:(-?\d+)\s*(?:days?,?)?\s+)?(-)?(\d{1,3}):(\d{2})(?::(\d{2}(?:\.\d+)?))?$/;

type Reader = (raw: unknown, definition: SettingDefinition) => unknown;

const readers: Record<SettingKind, Reader> = {
  flag: readFlag,
  int: readInt,
  float: readFloat,
  text: readText,
  path: readText,
  logLevel: (raw) => readChoice(String(raw).toUpperCase(), LOG_LEVELS),
  choice: (raw, { choices = [] }) => readChoice(raw, choices),
  duration: readDuration,
  delays: readDelays,
  textList: (raw) => readTextList(raw),
  statusCodes: readStatusCodes,
  textMap: (raw) => readMap(raw, readText),
  durationMap: (raw) => readMap(raw, (value) => positive(readDuration(value))),
};

/** The typed value. Throws `UnreadableSetting`. */
export function parseSetting(definition: SettingDefinition, raw: unknown): unknown {
  const value = readers[definition.kind](raw, definition);
  if (typeof value === "number") checkBounds(value, definition);
  return value;
}

function checkBounds(value: number, { min, above, max }: SettingDefinition): void {
  if (min !== undefined && value < min) throw new UnreadableSetting(`must be at least ${min}`);
  if (above !== undefined && value <= above) throw new UnreadableSetting(`must be greater than ${above}`);
  if (max !== undefined && value > max) throw new UnreadableSetting(`must be at most ${max}`);
}

function readFlag(raw: unknown): boolean {
  const word = String(raw).trim().toLowerCase();
  if (WORDS_FOR_TRUE.has(word)) return true;
  if (WORDS_FOR_FALSE.has(word)) return false;
  throw new UnreadableSetting("must be true or false (also 1/0, yes/no, on/off)");
}

function readInt(raw: unknown): number {
  const digits = String(raw).trim();
  const value = /^[+-]?\d+(_\d+)*(\.0*)?$/.test(digits) ? Number(digits.replaceAll("_", "")) : Number.NaN;
  if (!Number.isSafeInteger(value)) throw new UnreadableSetting("must be a whole number");
  return value;
}

function readFloat(raw: unknown): number {
  const digits = String(raw)
    .trim()
    .replaceAll(/(?<=\d)_(?=\d)/g, "");
  const value = digits === "" || /^[+-]?0[xob]/i.test(digits) ? Number.NaN : Number(digits);
  if (!Number.isFinite(value)) throw new UnreadableSetting("must be a number");
  return value;
}

function readText(raw: unknown): string {
  if (typeof raw === "object") throw new UnreadableSetting("must be text");
  return String(raw);
}

function readChoice(raw: unknown, choices: readonly string[]): string {
  const found = choices.find((choice) => choice === raw);
  if (found === undefined) throw new UnreadableSetting(`must be one of ${choices.join(", ")}`);
  return found;
}

/** Seconds. */
function readDuration(raw: unknown): number {
  const text = String(raw).trim();
  if (text !== "" && Number.isFinite(Number(text))) return Number(text);
  const iso = parseIsoDuration(text);
  if (iso !== undefined) return iso;
  const clock = CLOCK_DURATION.exec(text);
  if (clock === null) throw new UnreadableSetting("must be a duration: seconds, PT1H30M, or 1:30:00");
  const [, days = "0", minus, hours = "0", minutes = "0", seconds = "0"] = clock;
  const time = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return Number(days) * 86_400 + (minus === undefined ? time : -time);
}

function positive(seconds: number): number {
  if (seconds <= 0) throw new UnreadableSetting("must hold durations greater than 0");
  return seconds;
}

/** Seconds, or a list of them; nothing at all means no delay. */
function readDelays(raw: unknown): number | readonly number[] {
  const parts = Array.isArray(raw) ? raw : listFromText(String(raw));
  const delays = parts.map((part: unknown) => {
    const seconds = readFloat(part);
    if (seconds < 0) throw new UnreadableSetting("must hold no negative delay");
    return seconds;
  });
  return Array.isArray(raw) || delays.length > 1 ? delays : (delays[0] ?? 0);
}

/** A flag where a list belongs (`true`) stands for itself: whoever reads the setting gives it a meaning. */
function readTextList(raw: unknown): readonly string[] {
  const items = Array.isArray(raw) ? raw : listFromText(String(raw));
  return [...new Set(items.map((item: unknown) => readText(item).trim()).filter((item) => item !== ""))];
}

function readStatusCodes(raw: unknown): readonly number[] {
  return readTextList(raw).map((item) => {
    const code = readInt(item);
    if (code < 100 || code > 599) throw new UnreadableSetting("must hold HTTP status codes, 100 to 599");
    return code;
  });
}

function listFromText(text: string): unknown[] {
  if (!text.trim().startsWith("[")) return text.split(",").filter((item) => item.trim() !== "");
  const list = parseJsonText(text);
  if (!Array.isArray(list)) throw new UnreadableSetting("must be a comma separated list or a JSON array");
  return list;
}

function readMap<Value>(raw: unknown, readValue: (value: unknown) => Value): Record<string, Value> {
  const map = typeof raw === "string" ? parseJsonText(raw) : raw;
  if (typeof map !== "object" || map === null || Array.isArray(map))
    throw new UnreadableSetting("must be a JSON object");
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, readValue(value)]));
}

function parseJsonText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new UnreadableSetting("must be valid JSON", { cause });
  }
}
