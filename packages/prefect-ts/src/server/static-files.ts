/**
 * The dashboard: files that a build made, served from memory of their names. Assets carry a hash in their names and
 * never change; everything that is no file and no route of the API is the page itself, which routes by its own means.
 */
import { existsSync, readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

export interface StaticFile {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  json: "application/json",
  svg: "image/svg+xml",
  png: "image/png",
  ico: "image/x-icon",
  woff2: "font/woff2",
  webmanifest: "application/manifest+json",
  txt: "text/plain; charset=utf-8",
};

const ENCODINGS = [
  { name: "br", suffix: ".br" },
  { name: "gzip", suffix: ".gz" },
];

const NOT_BUILT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Prefect</title>
<body style="font-family: system-ui; margin: 4rem"><h1>The server runs, its dashboard is not built</h1>
<p>The API is at <a href="api/hello">/api</a>. To build the dashboard: <code>npm run build</code>.</p></body></html>`;

/** `directory` has the built files; by default they lie beside the code. */
export function createStaticFiles(directory: string | undefined = findBuild()) {
  const files = directory !== undefined && existsSync(directory) ? listFiles(directory) : new Set<string>();

  async function read(path: string, acceptEncoding: string): Promise<StaticFile | undefined> {
    if (directory === undefined || !files.has(path)) return undefined;
    const extension = path.slice(path.lastIndexOf(".") + 1);
    const encoding = ENCODINGS.find(({ name, suffix }) => acceptEncoding.includes(name) && files.has(path + suffix));
    const isImmutable = path.startsWith("assets/");
    return {
      body: await readFile(join(directory, path + (encoding?.suffix ?? ""))),
      headers: {
        "content-type": TYPES[extension] ?? "application/octet-stream",
        "cache-control": isImmutable ? "public, max-age=31536000, immutable" : "no-cache",
        "x-content-type-options": "nosniff",
        vary: "accept-encoding",
        ...(encoding === undefined ? {} : { "content-encoding": encoding.name }),
      },
    };
  }

  return {
    /** The file at a path, or the page for any path that is not a file's. Undefined: a file that does not exist. */
    async find(path: string, acceptEncoding: string): Promise<StaticFile | undefined> {
      const name = path.replace(/^\/+/, "");
      const file = await read(name, acceptEncoding);
      if (file !== undefined || name.startsWith("assets/")) return file;
      const page = await read("index.html", acceptEncoding);
      return page ?? { body: Buffer.from(NOT_BUILT), headers: { "content-type": TYPES["html"] ?? "text/html" } };
    },
  };
}

/** Beside the built code, or in the build's folder when the code runs from its sources. */
function findBuild(): string | undefined {
  const candidates = ["./ui", "../ui", "../../dist/ui"].map((path) => fileURLToPath(new URL(path, import.meta.url)));
  return candidates.find((path) => existsSync(join(path, "index.html")));
}

function listFiles(directory: string): Set<string> {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
  return new Set(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join("/")),
  );
}
