import { createHash } from "node:crypto";
import { HashError } from "./exceptions.ts";

/**
 * A hash of values that are equal by content, whatever the order of their keys. Throws `HashError` for what has no
 * content to compare: functions, symbols, cycles, objects of unknown classes with hidden state.
 */
export function hashValues(value: unknown): string {
  const hash = createHash("md5");
  write(value, new Set(), (text) => hash.update(text));
  return hash.digest("hex");
}

function write(value: unknown, above: Set<object>, out: (text: string) => void): void {
  if (typeof value === "function" || typeof value === "symbol") throw unhashable(`a ${typeof value}`);
  if (typeof value !== "object" || value === null) {
    out(typeof value === "string" ? JSON.stringify(value) : `${typeof value}:${String(value)}`);
    return;
  }
  if (above.has(value)) throw unhashable("an object that contains itself");
  above.add(value);
  writeObject(value, above, out);
  above.delete(value);
}

function writeObject(value: object, above: Set<object>, out: (text: string) => void): void {
  if (Array.isArray(value)) writeList("[", value, above, out);
  else if (value instanceof Date) out(`date:${value.getTime()}`);
  else if (value instanceof Map) writeList("map[", [...value], above, out);
  else if (value instanceof Set) writeList("set[", [...value], above, out);
  else if (ArrayBuffer.isView(value))
    out(`bytes:${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64")}`);
  else if (value instanceof URL || value instanceof RegExp) out(`${value.constructor.name}:${value}`);
  else if (value instanceof Promise || value instanceof WeakMap || value instanceof WeakSet)
    throw unhashable(`a ${value.constructor.name}`);
  else {
    out(`{${value.constructor?.name ?? ""}:`);
    for (const key of Object.keys(value).sort()) {
      out(`${JSON.stringify(key)}:`);
      write((value as Record<string, unknown>)[key], above, out);
      out(",");
    }
    out("}");
  }
}

function writeList(start: string, items: readonly unknown[], above: Set<object>, out: (text: string) => void): void {
  out(start);
  for (const item of items) {
    write(item, above, out);
    out(",");
  }
  out("]");
}

function unhashable(what: string): HashError {
  return new HashError(
    `No cache key can be computed from ${what}. Leave the argument out with cachePolicy: INPUTS.minus("name"), write a cacheKeyFn, or turn caching off with cachePolicy: NO_CACHE.`,
  );
}
