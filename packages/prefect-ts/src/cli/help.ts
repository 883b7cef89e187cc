/** The help pages: usage, summary, and panels of commands, parameters and session parameters. */
import { type Command, longName, negativeName, type Parameter } from "./command.ts";
import type { Group } from "./groups.ts";
import { type PanelLine, renderPanel } from "./render/panel.ts";
import type { Painter } from "./render/style.ts";
import { padEnd, textWidth, wrapped } from "./render/text.ts";

interface Entry {
  readonly names: string;
  readonly summary: string;
  readonly isRequired?: boolean;
}

export interface Page {
  readonly width: number;
  readonly paint: Painter;
}

/** Names that need more are broken, so that what they mean has room beside them. */
const NAMES_SHARE = 0.35;

const SESSION_ENTRIES: readonly Entry[] = [
  { names: "--profile STR", summary: "Select a profile for this CLI run." },
  { names: "--prompt --no-prompt", summary: "Toggle interactive prompts." },
];

export function rootHelp(groups: readonly Group[], page: Page): string {
  const entries = [...groups]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, aliases, summary }) => ({
      names: [name, ...aliases.map((alias) => `(${alias})`)].join(" "),
      summary,
    }));
  entries.push({ names: "--help", summary: "Display this message and exit." });
  return [
    "Usage: prefect COMMAND [OPTIONS]",
    "",
    "Prefect CLI for workflow orchestration.",
    "",
    panel("Commands", entries, page),
    panel("Session Parameters", SESSION_ENTRIES, page),
  ].join("\n");
}

/** `path` is the group's name, or that of a group in it. */
export function groupHelp(path: string, summary: string, commands: readonly Command[], page: Page): string {
  const depth = path.split(" ").length;
  const entries = new Map<string, string>();
  for (const { name, summary: text, aliases } of [...commands].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const rest = name.split(" ").slice(depth);
    const shown = [rest[0] ?? "", ...(rest.length === 1 ? aliases.map((alias) => `(${alias})`) : [])].join(" ");
    if (!entries.has(shown)) entries.set(shown, rest.length === 1 ? text : "");
  }
  return [
    `Usage: prefect ${path} COMMAND [OPTIONS]`,
    "",
    summary,
    "",
    panel(
      "Commands",
      [...entries].map(([names, text]) => ({ names, summary: text })),
      page,
    ),
    panel("Session Parameters", SESSION_ENTRIES, page),
  ].join("\n");
}

export function commandHelp(command: Command, page: Page): string {
  const entries = [
    ...Object.entries(command.args).map(argumentEntry),
    ...Object.entries(command.options).map(optionEntry),
  ];
  return [
    `Usage: prefect ${command.name} [OPTIONS]${argumentsInUsage(command)}`,
    "",
    command.summary,
    "",
    ...(command.details === undefined ? [] : [command.details, ""]),
    ...(entries.length === 0 ? [] : [panel("Parameters", entries, page)]),
    panel("Session Parameters", SESSION_ENTRIES, page),
  ].join("\n");
}

function argumentsInUsage({ args }: Command): string {
  const specs = Object.entries(args);
  if (specs.length === 0) return "";
  return specs.every(([, spec]) => spec.isRequired === true)
    ? ` ${specs.map(([key, spec]) => longName(key, spec).toUpperCase()).join(" ")}`
    : " [ARGS]";
}

function argumentEntry([key, spec]: [string, Parameter]): Entry {
  const name = longName(key, spec);
  const isRequired = spec.isRequired === true;
  return {
    names: `${name.toUpperCase()} --${name}`,
    summary: described(spec, isRequired ? "[required]" : undefined),
    isRequired,
  };
}

function optionEntry([key, spec]: [string, Parameter]): Entry {
  const negative = negativeName(key, spec);
  const metavar = { text: "STR", int: "INT", uuid: "UUID", flag: undefined }[spec.type];
  const names = [
    ...(spec.isNegativeOnly === true ? [] : [`--${longName(key, spec)}`]),
    ...(spec.short === undefined ? [] : [`-${spec.short}`]),
    ...(negative === undefined ? [] : [`--${negative}`]),
    ...(metavar === undefined ? [] : [spec.isRepeatable === true ? `${metavar}...` : metavar]),
  ];
  return { names: names.join(" "), summary: described(spec, shownDefault(spec)), isRequired: false };
}

function shownDefault(spec: Parameter): string | undefined {
  const { fallback, isNegativeOnly } = spec;
  if (typeof fallback === "boolean") {
    const shown = isNegativeOnly === true ? !fallback : fallback;
    return `[default: ${shown ? "True" : "False"}]`;
  }
  return fallback === undefined || Array.isArray(fallback) ? undefined : `[default: ${String(fallback)}]`;
}

function described({ summary }: Parameter, remark: string | undefined): string {
  return [summary, remark].filter(Boolean).join(" ");
}

function panel(title: string, entries: readonly Entry[], { width, paint }: Page): string {
  const hasMarks = entries.some(({ isRequired }) => isRequired === true);
  const limit = Math.ceil(width * NAMES_SHARE);
  const names = entries.map((entry) => brokenNames(entry.names, limit));
  const namesWidth = Math.max(...names.flat().map(textWidth));
  const markWidth = hasMarks ? 3 : 0;
  const summaryWidth = width - 4 - markWidth - namesWidth - 2;

  const lines = entries.flatMap(({ summary, isRequired }, index): PanelLine[] => {
    const left = names[index] ?? [];
    const right = wrapped(summary, summaryWidth).map((line) => line.trimEnd());
    return Array.from({ length: Math.max(left.length, right.length) }, (_, row) => {
      const mark = hasMarks ? padEnd(isRequired === true && row === 0 ? "*" : "", markWidth) : "";
      const name = padEnd(left[row] ?? "", namesWidth);
      const text = right[row] ?? "";
      return { plain: `${mark}${name}  ${text}`, painted: `${paint(mark, "red")}${paint(name, "cyan")}  ${text}` };
    });
  });
  return renderPanel(title, lines, width, paint);
}

/** One name a line, the others indented, when they do not fit side by side. */
function brokenNames(names: string, limit: number): string[] {
  const lines: string[] = [];
  for (const word of names.split(" ")) {
    const last = lines.at(-1);
    const isValue = /^(STR|INT|UUID)/.test(word);
    if (last === undefined) lines.push(word);
    else if (isValue || textWidth(last) + 1 + textWidth(word) <= limit) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`  ${word}`);
  }
  return lines;
}
