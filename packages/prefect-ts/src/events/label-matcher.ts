import type { LabelCriteria } from "../domain/event-filters.ts";
import type { EventResource } from "../domain/events.ts";

/** Every label must be there and have one of the values wanted of it. */
export function matchesLabels(labels: EventResource, criteria: LabelCriteria): boolean {
  return Object.entries(criteria).every(([label, wanted]) => {
    const value = labels[label];
    return value !== undefined && wanted.some((pattern) => matchesValue(value, pattern));
  });
}

/** `*` stands for any characters, `?` for one; `!` before a value excludes it. */
function matchesValue(value: string, wanted: string): boolean {
  return wanted.startsWith("!") ? !matchesGlob(value, wanted.slice(1)) : matchesGlob(value, wanted);
}

/**
 * Steps back to the last star only, which is enough for globs: a regular expression would take exponential time for
 * some patterns, and patterns come from clients.
 */
function matchesGlob(text: string, glob: string): boolean {
  let [at, inGlob, star, resume] = [0, 0, -1, 0];
  while (at < text.length) {
    const wanted = glob[inGlob];
    if (wanted === "*") {
      star = inGlob;
      resume = at;
      inGlob += 1;
    } else if (wanted === "?" || wanted === text[at]) {
      at += 1;
      inGlob += 1;
    } else if (star >= 0) {
      resume += 1;
      at = resume;
      inGlob = star + 1;
    } else {
      return false;
    }
  }
  return /^\**$/.test(glob.slice(inGlob));
}
