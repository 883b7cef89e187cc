import type { Painter, Style } from "./style.ts";
import { padEnd, textWidth, wrapped } from "./text.ts";

/** A line of a panel: its text by column width, and the same with colours. */
export interface PanelLine {
  readonly plain: string;
  readonly painted: string;
}

/** Lines in a rounded box as wide as the terminal, with a title in its upper edge. */
export function renderPanel(
  title: string,
  lines: readonly PanelLine[],
  width: number,
  paint: Painter,
  border?: Style,
): string {
  const inner = width - 4;
  const edge = (text: string) => paint(text, border);
  const top = `─ ${title} `;
  const rows = lines.map(({ plain, painted }) => {
    const space = " ".repeat(Math.max(0, inner - textWidth(plain)));
    return `${edge("│")} ${painted}${space} ${edge("│")}`;
  });
  return [
    edge(`╭${padEnd(top, width - 2).slice(0, textWidth(top))}${"─".repeat(Math.max(0, width - 2 - textWidth(top)))}╮`),
    ...rows,
    edge(`╰${"─".repeat(width - 2)}╯`),
  ].join("\n");
}

/** A plain text in such a box, wrapped. */
export function textPanel(title: string, text: string, width: number, paint: Painter, border?: Style): string {
  const lines = wrapped(text, width - 4).map((line) => ({ plain: line.trimEnd(), painted: line.trimEnd() }));
  return renderPanel(title, lines, width, paint, border);
}
