import { InvalidOptionError } from "../exceptions.ts";
import { fillTemplate } from "../name-template.ts";
import type { RunNameSource } from "../task-options.ts";

/** A run's own name, from a template or a function of its parameters. */
export function makeRunName(
  option: string,
  source: RunNameSource,
  parameters: Readonly<Record<string, unknown>>,
): string {
  if (typeof source === "string") return fillTemplate(source, parameters);
  const name: unknown = source(parameters);
  if (typeof name === "string") return name;
  throw new InvalidOptionError(
    `Callable ${source.name === "" ? "function" : source.name} for '${option}' returned type ${typeof name} but a string is required.`,
  );
}
