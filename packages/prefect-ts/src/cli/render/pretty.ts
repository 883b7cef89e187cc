/**
 * Objects for reading, in the way rich prints them: `FlowRun(id='…', …)` on one line when it fits, else one field a
 * line. Values are spelled as in Python: this is what Prefect's users know, and no value is ambiguous in it.
 */
import { quoted } from "../../platform/log-format.ts";

const INDENT = "    ";

export function pretty(typeName: string, value: Readonly<Record<string, unknown>>, width: number): string {
  const fields = Object.entries(value).map(([key, field]) => ({ prefix: `${key}=`, value: field }));
  return block(`${typeName}(`, fields, ")", "", 0, width);
}

interface Item {
  readonly prefix: string;
  readonly value: unknown;
}

function block(
  open: string,
  items: readonly Item[],
  close: string,
  indent: string,
  used: number,
  width: number,
): string {
  const line = open + items.map(({ prefix, value }) => prefix + flat(value)).join(", ") + close;
  if (items.length === 0 || indent.length + used + line.length <= width) return line;
  const inner = indent + INDENT;
  const lines = items.map(({ prefix, value }, index) => {
    const comma = index < items.length - 1 ? "," : "";
    return inner + prefix + spread(value, inner, prefix.length + comma.length, width) + comma;
  });
  return [open, ...lines, indent + close].join("\n");
}

function spread(value: unknown, indent: string, used: number, width: number): string {
  if (Array.isArray(value)) {
    return block(
      "[",
      value.map((item) => ({ prefix: "", value: item })),
      "]",
      indent,
      used,
      width,
    );
  }
  if (typeof value === "object" && value !== null) {
    const items = Object.entries(value).map(([key, item]) => ({ prefix: `${quoted(key)}: `, value: item }));
    return block("{", items, "}", indent, used, width);
  }
  return flat(value);
}

function flat(value: unknown): string {
  if (value === null || value === undefined) return "None";
  if (value === true) return "True";
  if (value === false) return "False";
  if (typeof value === "string") return quoted(value);
  if (Array.isArray(value)) return `[${value.map(flat).join(", ")}]`;
  if (typeof value === "object") {
    return `{${Object.entries(value)
      .map(([key, item]) => `${quoted(key)}: ${flat(item)}`)
      .join(", ")}}`;
  }
  return String(value);
}
