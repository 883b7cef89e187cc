import picocolors from "picocolors";

export type Style =
  | "red"
  | "green"
  | "yellow"
  | "blue"
  | "cyan"
  | "magenta"
  | "gray"
  | "bold"
  | "dim"
  | "italic"
  | "bold blue"
  | "bold cyan"
  | "bold red"
  | "dim italic";

/** Paints text; does nothing to it when there are no colours. */
export type Painter = (text: string, style: Style | undefined) => string;

export function createPainter(hasColors: boolean): Painter {
  const colors = picocolors.createColors(hasColors);
  return (text, style) => {
    if (!hasColors || style === undefined || text === "") return text;
    return style.split(" ").reduce((painted, part) => paint(colors, part, painted), text);
  };
}

function paint(colors: ReturnType<typeof picocolors.createColors>, part: string, text: string): string {
  const formatter = colors[part as "red"];
  return formatter(text);
}
