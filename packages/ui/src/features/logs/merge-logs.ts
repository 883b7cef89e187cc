import type { Log } from "prefect-ts/domain";
import { instantOf } from "../../lib/time.ts";

/**
 * Lines that were asked for and lines that came over the stream, each once, in order. Both sides overlap on purpose:
 * the stream starts a little in the past, and a page that is read again holds what has been streamed already.
 */
export function mergeLogs(
  pages: readonly (readonly Log[])[],
  streamed: readonly Log[],
  order: "oldest" | "newest",
): Log[] {
  const known = new Set<string>();
  const merged: Log[] = [];
  for (const log of [...pages.flat(), ...streamed]) {
    if (known.has(log.id)) continue;
    known.add(log.id);
    merged.push(log);
  }
  const isInOrder = streamed.length === 0;
  if (isInOrder) return merged;
  const sign = order === "newest" ? -1 : 1;
  return merged.sort((a, b) => sign * (instantOf(a.timestamp) - instantOf(b.timestamp)));
}
