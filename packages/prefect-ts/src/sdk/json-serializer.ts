/**
 * Results as JSON. Values that JSON lacks are tagged the way Prefect's own serializer tags foreign classes
 * (`{"__class__": …, "data": …}`), so that a result written here can be read there and the other way round, as far as
 * the class exists on both sides.
 */
import { SerializationError } from "./exceptions.ts";

const CLASS_KEY = "__class__";
const ERROR_KEY = "__exc_type__";

/** Throws `SerializationError` for what cannot be written: cycles, functions, symbols. */
export function serializeResult(value: unknown): string {
  try {
    return JSON.stringify(encode(value, new Set())) ?? "null";
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SerializationError(
      `Failed to serialize object of type '${typeName(value)}' with serializer 'json': ${reason}. Return a value that JSON can hold, or disable persistence (persistResult: false) for this flow or task.`,
      { cause },
    );
  }
}

export function deserializeResult(text: string): unknown {
  return JSON.parse(text, decode);
}

function typeName(value: unknown): string {
  if (typeof value !== "object" || value === null) return typeof value;
  return value.constructor?.name ?? "Object";
}

function tagged(name: string, data: unknown): Record<string, unknown> {
  return { [CLASS_KEY]: name, data };
}

function encode(value: unknown, above: Set<object>): unknown {
  if (typeof value === "bigint") return tagged("bigint", String(value));
  if (typeof value === "function" || typeof value === "symbol")
    throw new TypeError(`a ${typeof value} has no JSON form`);
  if (typeof value === "number" && !Number.isFinite(value)) return tagged("number", String(value));
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Date) return tagged("datetime.datetime", value.toISOString());
  if (value instanceof Error) return { [ERROR_KEY]: value.name, message: value.message };
  if (above.has(value)) throw new TypeError("it contains itself");
  above.add(value);
  const encoded = encodeContainer(value, above);
  above.delete(value);
  return encoded;
}

function encodeContainer(value: object, above: Set<object>): unknown {
  if (Array.isArray(value)) return value.map((item) => encode(item, above));
  if (value instanceof Map)
    return tagged(
      "Map",
      [...value].map((entry) => encode(entry, above)),
    );
  if (value instanceof Set)
    return tagged(
      "set",
      [...value].map((item) => encode(item, above)),
    );
  if (value instanceof Uint8Array) return tagged("bytes", Buffer.from(value).toString("base64"));
  if ("toJSON" in value && typeof value.toJSON === "function") return encode(value.toJSON(), above);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, encode(member, above)]));
}

const decoders: Readonly<Record<string, (data: unknown) => unknown>> = {
  bigint: (data) => BigInt(String(data)),
  number: (data) => Number(data),
  "datetime.datetime": (data) => new Date(String(data)),
  Map: (data) => new Map(data as [unknown, unknown][]),
  set: (data) => new Set(data as unknown[]),
  bytes: (data) => new Uint8Array(Buffer.from(String(data), "base64")),
};

function decode(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const fields = value as Record<string, unknown>;
  if (typeof fields[ERROR_KEY] === "string") {
    const error = new Error(String(fields["message"]));
    error.name = fields[ERROR_KEY];
    return error;
  }
  const name = fields[CLASS_KEY];
  const decoder = typeof name === "string" && Object.hasOwn(decoders, name) ? decoders[name] : undefined;
  return decoder === undefined ? value : decoder(fields["data"]);
}
