/** Which file loads which: cycles, and what loading one file brings along. */
import { type ImportKind, resolveImport, type SourceFile } from "./source-tree.ts";

export type ImportGraph = ReadonlyMap<string, readonly string[]>;

/** The imports between the given files, of the given kinds. */
export function importGraph(files: readonly SourceFile[], kinds: readonly ImportKind[]): ImportGraph {
  const known = new Set(files.map((file) => file.path));
  const targets = (file: SourceFile) =>
    file.imports
      .filter(({ kind, specifier }) => kinds.includes(kind) && specifier.startsWith("."))
      .map(({ specifier }) => resolveImport(file.path, specifier))
      .filter((target) => known.has(target));
  return new Map(files.map((file) => [file.path, [...new Set(targets(file))]]));
}

/** Groups of files that reach each other in a circle (Tarjan's strongly connected components, without the single ones). */
export function findCycles(graph: ImportGraph): string[][] {
  const cycles: string[][] = [];
  const index = new Map<string, number>();
  const stack: string[] = [];

  const visit = (node: string): number => {
    index.set(node, index.size);
    let lowest = index.size - 1;
    stack.push(node);
    for (const next of graph.get(node) ?? []) {
      if (!index.has(next)) lowest = Math.min(lowest, visit(next));
      else if (stack.includes(next)) lowest = Math.min(lowest, index.get(next) ?? 0);
    }
    if (lowest === index.get(node)) {
      const group = stack.splice(stack.indexOf(node));
      if (group.length > 1 || graph.get(node)?.includes(node)) cycles.push(group.sort());
    }
    return lowest;
  };
  for (const node of graph.keys()) if (!index.has(node)) visit(node);
  return cycles;
}

/** `start` and everything that it leads to. */
export function reachableFrom(graph: ImportGraph, start: string): Set<string> {
  const reached = new Set<string>();
  const pending = [start];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (reached.has(node)) continue;
    reached.add(node);
    pending.push(...(graph.get(node) ?? []));
  }
  return reached;
}
