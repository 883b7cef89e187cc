/** Python's format fields over parameters: `run-{x}`, `{user.name}`, `{items[0]}`, `{date:%A}`, `{price:.2f}`, `{x!r}`. */
import { InvalidOptionError } from "./exceptions.ts";

const FIELD = /\{\{|\}\}|\{([^{}!:]*)(?:!([rsa]))?(?::([^{}]*))?\}/g;

/** Throws `InvalidOptionError` for a parameter that does not exist or a format that does not fit it. */
export function fillTemplate(template: string, parameters: Readonly<Record<string, unknown>>): string {
  return template.replaceAll(FIELD, (text, path?: string, conversion?: string, spec?: string) => {
    if (text === "{{") return "{";
    if (text === "}}") return "}";
    const value = lookUp(template, path ?? "", parameters);
    if (conversion === "r") return typeof value === "string" ? `'${value}'` : plain(value);
    return spec === undefined || spec === "" ? plain(value) : formatted(template, value, spec);
  });
}

function lookUp(template: string, path: string, parameters: Readonly<Record<string, unknown>>): unknown {
  const [root = "", ...rest] = path.split(/\.|\[|\]/).filter((part) => part !== "");
  if (!Object.hasOwn(parameters, root)) {
    const names = Object.keys(parameters).join(", ");
    throw new InvalidOptionError(`The template '${template}' names '${root}', but the parameters are: ${names}.`);
  }
  let value: unknown = parameters[root];
  for (const part of rest) {
    value = typeof value === "object" && value !== null ? (value as Record<string, unknown>)[part] : undefined;
  }
  return value;
}

function plain(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
}

function formatted(template: string, value: unknown, spec: string): string {
  if (value instanceof Date) return formatDate(value, spec);
  const match = /^(?:(.)?([<>^]))?([+ ])?(0)?(\d+)?(,)?(?:\.(\d+))?([dfFeEgsxXob%])?$/.exec(spec);
  if (match === null) throw new InvalidOptionError(`The template '${template}' has an unknown format ':${spec}'.`);
  const [, fill, align, sign, zero, width = "0", comma, precision, type] = match;
  const text = typeof value === "number" ? formatNumber(value, { sign, comma, precision, type }) : plain(value);
  const pad = zero === undefined ? (fill ?? " ") : "0";
  const side = align ?? (typeof value === "number" ? ">" : "<");
  return padded(text, Number(width), pad, side);
}

interface NumberFormat {
  readonly sign: string | undefined;
  readonly comma: string | undefined;
  readonly precision: string | undefined;
  readonly type: string | undefined;
}

const bases: Readonly<Record<string, number>> = { x: 16, X: 16, o: 8, b: 2 };

function formatNumber(value: number, { sign, comma, precision, type }: NumberFormat): string {
  let text: string;
  const base = type === undefined ? undefined : bases[type];
  if (base !== undefined) text = type === "X" ? value.toString(base).toUpperCase() : value.toString(base);
  else if (type === "%") text = `${(value * 100).toFixed(Number(precision ?? 6))}%`;
  else if (type === "e" || type === "E") text = value.toExponential(Number(precision ?? 6));
  else if (type === "f" || type === "F" || precision !== undefined) text = value.toFixed(Number(precision ?? 6));
  else text = String(value);
  if (comma !== undefined) text = text.replace(/^-?\d+/, (digits) => digits.replaceAll(/\B(?=(\d{3})+$)/g, ","));
  return sign !== undefined && value >= 0 ? sign + text : text;
}

function padded(text: string, width: number, fill: string, side: string): string {
  if (side === "^") {
    const left = Math.floor((width - text.length) / 2);
    return text.padStart(text.length + Math.max(0, left), fill).padEnd(width, fill);
  }
  return side === ">" ? text.padStart(width, fill) : text.padEnd(width, fill);
}

const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

const two = (value: number) => String(value).padStart(2, "0");

const dateParts: Readonly<Record<string, (date: Date) => string>> = {
  a: (date) => (days[date.getUTCDay()] ?? "").slice(0, 3),
  A: (date) => days[date.getUTCDay()] ?? "",
  b: (date) => (months[date.getUTCMonth()] ?? "").slice(0, 3),
  B: (date) => months[date.getUTCMonth()] ?? "",
  d: (date) => two(date.getUTCDate()),
  m: (date) => two(date.getUTCMonth() + 1),
  y: (date) => two(date.getUTCFullYear() % 100),
  Y: (date) => String(date.getUTCFullYear()),
  H: (date) => two(date.getUTCHours()),
  I: (date) => two(date.getUTCHours() % 12 || 12),
  M: (date) => two(date.getUTCMinutes()),
  S: (date) => two(date.getUTCSeconds()),
  f: (date) => `${String(date.getUTCMilliseconds()).padStart(3, "0")}000`,
  p: (date) => (date.getUTCHours() < 12 ? "AM" : "PM"),
  "%": () => "%",
};

/** `strftime`, in UTC: a run's name must not depend on the machine. */
function formatDate(date: Date, spec: string): string {
  return spec.replaceAll(/%(.)/g, (text, code: string) => dateParts[code]?.(date) ?? text);
}
