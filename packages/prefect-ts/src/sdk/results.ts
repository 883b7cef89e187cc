/**
 * Where results are kept when a task or a flow asks for it: one JSON document each, in Prefect's own format, in the
 * folder of PREFECT_RESULTS_LOCAL_STORAGE_PATH. The server is told the document's key, never the value.
 */
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { readFile, rename, writeFile } from "node:fs/promises";
import { dirname, isAbsolute, join } from "node:path";
import { PREFECT_VERSION } from "../domain/emulation.ts";
import { newId } from "../domain/ids.ts";
import { formatInstant, type Instant, parseInstant } from "../domain/instant.ts";
import { MissingResult } from "./exceptions.ts";
import { deserializeResult, serializeResult } from "./json-serializer.ts";
import { currentSettings } from "./settings.ts";

/** What the server keeps of a stored result. */
export interface StoredResult {
  readonly storage_key: string;
  /** When the result is no longer used for caching; null means never. */
  readonly expiration: string | null;
  readonly serializer: { readonly type: string };
  readonly prefect_version: string;
  readonly storage_block_id: string | null;
}

interface CachedValue {
  readonly value: unknown;
  readonly stored: StoredResult;
}

/** Written at once: a trip through Node's thread pool takes ten times as long as the write itself. */
const SMALL_CHARACTERS = 65_536;
const madeFolders = new Set<string>();

function makeFolder(folder: string): void {
  if (madeFolders.has(folder) && existsSync(folder)) return;
  mkdirSync(folder, { recursive: true });
  madeFolders.add(folder);
}

const MEMORY_ENTRIES = 1000;
/** Read more often than the files behind it; the oldest entry leaves first. */
const memory = new Map<string, CachedValue>();

export function isStoredResult(data: unknown): data is StoredResult {
  return typeof data === "object" && data !== null && "storage_key" in data && "serializer" in data;
}

/** Rejects with `SerializationError`, or with what the file system says. */
export async function writeResult(key: string, value: unknown, expiration?: Instant): Promise<StoredResult> {
  const path = pathOf(key);
  const stored: StoredResult = {
    storage_key: path,
    expiration: expiration === undefined ? null : formatInstant(expiration),
    serializer: { type: "json" },
    prefect_version: PREFECT_VERSION,
    storage_block_id: null,
  };
  const text = JSON.stringify({ metadata: stored, result: serializeResult(value) });
  makeFolder(dirname(path));
  // Renaming is atomic: a reader finds the old document or the new one, never half of it.
  const draft = `${path}.${newId()}.tmp`;
  if (text.length <= SMALL_CHARACTERS) {
    writeFileSync(draft, text);
    renameSync(draft, path);
  } else {
    await writeFile(draft, text);
    await rename(draft, path);
  }
  remember(path, { value, stored });
  return stored;
}

/** The stored result under a key, unless there is none, it has expired, or it cannot be read. */
export async function findResult(key: string, now: Instant): Promise<CachedValue | undefined> {
  const path = pathOf(key);
  const found = memory.get(path) ?? (existsSync(path) ? await readDocument(path).catch(() => undefined) : undefined);
  if (found === undefined) return undefined;
  const { expiration } = found.stored;
  const expiresAt = expiration === null ? undefined : parseInstant(expiration);
  return expiresAt !== undefined && expiresAt <= now ? undefined : found;
}

/** The value behind a state's data. Rejects with `MissingResult` when it cannot be read here. */
export async function readStoredResult(stored: StoredResult): Promise<unknown> {
  if (stored.serializer.type !== "json") {
    throw new MissingResult(
      `The result '${stored.storage_key}' was written by serializer '${stored.serializer.type}', which only Python can read. Set result_serializer="json" on the Python flow or task.`,
    );
  }
  try {
    return (memory.get(stored.storage_key) ?? (await readDocument(stored.storage_key))).value;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new MissingResult(`The result '${stored.storage_key}' cannot be read: ${reason}`);
  }
}

async function readDocument(path: string): Promise<CachedValue> {
  const document = JSON.parse(await readFile(path, "utf8")) as { metadata: StoredResult; result: string };
  if (document.metadata.serializer.type !== "json") throw new MissingResult("it is not JSON");
  const found = { value: deserializeResult(document.result), stored: document.metadata };
  remember(path, found);
  return found;
}

function remember(path: string, found: CachedValue): void {
  memory.delete(path);
  memory.set(path, found);
  if (memory.size <= MEMORY_ENTRIES) return;
  const [oldest] = memory.keys();
  if (oldest !== undefined) memory.delete(oldest);
}

function pathOf(key: string): string {
  return isAbsolute(key) ? key : join(currentSettings().get("PREFECT_RESULTS_LOCAL_STORAGE_PATH"), key);
}
