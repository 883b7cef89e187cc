/** What a first visit loads: the entry and all it imports statically, compressed as the server sends it. */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const FIRST_LOAD_BYTES = 250_000;
const ENTRY = "index.html";

interface Chunk {
  readonly file: string;
  readonly src?: string;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
  readonly css?: readonly string[];
}

let folder = "";
let chunks: Record<string, Chunk> = {};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "prefect-ts-ui-"));
  await build({
    root: ROOT,
    logLevel: "error",
    mode: "production",
    build: { outDir: folder, emptyOutDir: true, manifest: true },
  });
  chunks = JSON.parse(readFileSync(join(folder, ".vite/manifest.json"), "utf8"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function staticGraph(key: string, found = new Set<string>()): Set<string> {
  if (found.has(key)) return found;
  found.add(key);
  for (const next of chunks[key]?.imports ?? []) staticGraph(next, found);
  return found;
}

function compressedBytes(keys: Iterable<string>): number {
  const files = new Set([...keys].flatMap((key) => [chunks[key]?.file ?? "", ...(chunks[key]?.css ?? [])]));
  return [...files].reduce((sum, file) => {
    const path = join(folder, file);
    return sum + statSync(existsSync(`${path}.br`) ? `${path}.br` : path).size;
  }, 0);
}

const keyOf = (source: string) => Object.keys(chunks).find((key) => chunks[key]?.src?.endsWith(source)) ?? "";

describe("the build", () => {
  test("the first load stays small", () => {
    expect(compressedBytes(staticGraph(ENTRY))).toBeLessThan(FIRST_LOAD_BYTES);
    expect(compressedBytes(staticGraph(ENTRY))).toBeGreaterThan(10_000);
  });

  test.each(["flow-run-page.tsx", "task-run-page.tsx", "timeline.tsx"])("%s is loaded when it is needed", (source) => {
    expect(keyOf(source)).not.toBe("");
    expect([...staticGraph(ENTRY)]).not.toContain(keyOf(source));
  });

  test("the run page does not wait for the timeline", () => {
    expect([...staticGraph(keyOf("flow-run-page.tsx"))]).not.toContain(keyOf("timeline.tsx"));
  });

  test("every large text file lies beside its compressed forms", () => {
    const { file = "" } = chunks[ENTRY] ?? {};
    expect([".br", ".gz"].map((ending) => existsSync(join(folder, file + ending)))).toEqual([true, true]);
  });

  test("zod stays on the server", () => {
    const texts = Object.values(chunks).map(({ file }) => readFileSync(join(folder, file), "utf8"));
    expect(texts.filter((text) => text.includes("ZodError") || text.includes("_zod"))).toEqual([]);
  });
});
