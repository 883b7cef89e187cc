/** What importing the built SDK loads: the start-up time of every program that uses it hangs on this. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";

const DIST = new URL("../dist/", import.meta.url);
const RECORDER = new URL("record-loaded.mjs", import.meta.url).href;
const HEAVY_PACKAGES = ["zod", "fastify", "kysely", "pg", "ws", "@photostructure/sqlite", "jiti", "commander"];
const SERVER_ROOMS = ["storage", "orchestration", "resources", "events", "services", "server", "cli", "testing"];

/** Loads a module in a Node of its own; answers the URLs of what was loaded. */
function loadedBy(entry: URL): Promise<string[]> {
  const program = `await import(${JSON.stringify(entry.href)});`;
  const child = spawn(process.execPath, ["--import", RECORDER, "--input-type=module", "--eval", program], {
    stdio: ["ignore", "inherit", "inherit", "pipe"],
  });
  let output = "";
  child.stdio[3]?.on("data", (chunk) => {
    output += String(chunk);
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(output.split("\n").filter((url) => url !== ""));
      else reject(new Error(`importing ${entry.href} ended with exit code ${code}`));
    });
  });
}

/** The sources that the bundler has put into a chunk: it marks each with its path. */
function sourcesIn(chunk: string): string[] {
  const text = readFileSync(fileURLToPath(chunk), "utf8");
  return [...text.matchAll(/^\/\/#region (.+)$/gm)].flatMap(([, path]) => (path === undefined ? [] : [path]));
}

describe.each(["index.js", "artifacts.js", "states.js", "client.js"])("importing the built %s", (entry) => {
  let loaded: string[] = [];
  let sources: string[] = [];

  beforeAll(async () => {
    loaded = await loadedBy(new URL(entry, DIST));
    sources = loaded.filter((url) => url.startsWith(DIST.href)).flatMap(sourcesIn);
  });

  test("loads sources of ours", () => {
    expect(sources.filter((path) => /^src\/(sdk|client)\//.test(path)).length).toBeGreaterThan(0);
  });

  test("loads no heavy package, neither bundled nor beside it", () => {
    const isHeavy = (path: string) => HEAVY_PACKAGES.some((name) => path.includes(`node_modules/${name}/`));
    expect([...loaded, ...sources].filter(isHeavy)).toEqual([]);
  });

  test("loads nothing of the server", () => {
    expect(sources.filter((path) => SERVER_ROOMS.some((room) => path.startsWith(`src/${room}/`)))).toEqual([]);
  });
});
