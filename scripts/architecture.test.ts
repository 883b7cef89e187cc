/** The rules of the house that a machine can check. Each test lists every offence, as `file: what is wrong`. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { findCycles, importGraph, reachableFrom } from "./import-graph.ts";
import * as rooms from "./rooms.ts";
import { REPOSITORY, readSources, resolveImport, type SourceFile } from "./source-tree.ts";

const SRC = "packages/prefect-ts/src/";
const WORKSPACES = ["packages/prefect-ts", "packages/ui", "examples", "benchmarks", ...foldersIn("integrations")];

const product = readSources(SRC);
const everything = [...WORKSPACES, "scripts"].flatMap(readSources);
const shipped = product.filter((file) => !file.isTest);

/** None where the folder is missing: git keeps no empty ones. */
function foldersIn(folder: string): string[] {
  if (!existsSync(join(REPOSITORY, folder))) return [];
  const entries = readdirSync(join(REPOSITORY, folder), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => `${folder}/${entry.name}`);
}

function roomOf(path: string): rooms.Room | undefined {
  const name = path.slice(SRC.length).split("/")[0];
  return rooms.ROOMS.find((room) => room === name);
}

function packageOf(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

describe("rooms", () => {
  test("the source root holds rooms and public entries only", () => {
    const strays = product.map((file) => file.path).filter((path) => roomOf(path) === undefined);
    expect(strays.filter((path) => path !== `${SRC}index.ts`)).toEqual([]);
  });

  test("imports follow the table", () => {
    expect(product.flatMap(importsAgainstTheTable)).toEqual([]);
  });

  test("what runs in a browser imports nothing of Node and only the npm packages of the table", () => {
    const offences = shipped.flatMap((file) => {
      const allowed = rooms.BROWSER_ROOMS[roomOf(file.path) ?? "cli"];
      if (!allowed) return [];
      return file.imports
        .filter(({ specifier, kind }) => !specifier.startsWith(".") && kind !== "type")
        .filter(({ specifier }) => !allowed.includes(packageOf(specifier)))
        .map(({ specifier }) => `${file.path}: ${specifier}`);
    });
    expect(offences).toEqual([]);
  });

  test("ARCHITECTURE.md shows the same table", () => {
    expect(documentedTable()).toEqual(rooms.ALLOWED_IMPORTS);
  });
});

function importsAgainstTheTable(file: SourceFile): string[] {
  const room = roomOf(file.path);
  // A test may put a room between its neighbours, as the server does.
  if (!room || file.isTest) return [];
  const allowed = new Set<rooms.Room | undefined>([...rooms.ALLOWED_IMPORTS[room], room]);
  const door = rooms.ALLOWED_DYNAMIC_IMPORTS[file.path.slice(SRC.length)];
  return file.imports.flatMap(({ specifier, kind }) => {
    if (!specifier.startsWith(".")) return [];
    const target = roomOf(resolveImport(file.path, specifier));
    if (target === undefined || allowed.has(target)) return [];
    return kind === "dynamic" && target === door
      ? []
      : [`${file.path}: ${room} must not import ${specifier} (${kind})`];
  });
}

function documentedTable(): Record<string, string[]> {
  const text = readFileSync(join(REPOSITORY, "ARCHITECTURE.md"), "utf8");
  const block = [...text.matchAll(/```[a-z]*\n([\s\S]*?)```/g)].find(([, body]) => /^domain +→/m.test(body ?? ""));
  const lines = (block?.[1] ?? "").split("\n").flatMap((line) => {
    const match = /^([a-z]+) +→ *(.*)$/.exec(line.replace(/\(.*?\)/g, ""));
    return match?.[1] && rooms.ROOMS.some((room) => room === match[1]) ? [[match[1], match[2] ?? ""] as const] : [];
  });
  const belowCli = rooms.ROOMS.slice(0, rooms.ROOMS.indexOf("cli"));
  return Object.fromEntries(
    lines.map(([room, right]) => {
      if (right.startsWith("all above")) return [room, belowCli];
      return [room, right.split(/[\s,]+/).filter((word) => rooms.ROOMS.some((known) => known === word))];
    }),
  );
}

describe("cycles", () => {
  test("no files load each other in a circle", () => {
    expect(findCycles(importGraph(everything, ["static", "dynamic"]))).toEqual([]);
  });
});

describe("the SDK's start", () => {
  const graph = importGraph(shipped, ["static"]);
  const loaded = reachableFrom(graph, `${SRC}index.ts`);

  test("reaches the engine", () => {
    expect([...loaded].filter((path) => roomOf(path) === "sdk").length).toBeGreaterThan(0);
  });

  test("loads no room of the server", () => {
    const unwanted = [...loaded].filter((path) => rooms.NOT_IN_SDK_START.rooms.some((room) => room === roomOf(path)));
    expect(unwanted).toEqual([]);
  });

  test("loads no package that it can do without", () => {
    const unwanted = shipped
      .filter((file) => loaded.has(file.path))
      .flatMap((file) => file.imports.filter(({ kind }) => kind === "static").map((found) => ({ file, ...found })))
      .filter(({ specifier }) => rooms.NOT_IN_SDK_START.packages.some((name) => name === packageOf(specifier)))
      .map(({ file, specifier }) => `${file.path}: ${specifier}`);
    expect(unwanted).toEqual([]);
  });
});

describe("packages", () => {
  test("no import leaves its own package by a relative path", () => {
    const offences = WORKSPACES.flatMap((workspace) =>
      readSources(workspace).flatMap((file) =>
        // Tests of the whole system may run what stands elsewhere; integrations prove that the public door suffices.
        (file.isTest && !workspace.startsWith("integrations/") ? [] : file.imports)
          .filter(({ specifier }) => specifier.startsWith("."))
          .filter(({ specifier }) => !resolveImport(file.path, specifier).startsWith(`${workspace}/`))
          .map(({ specifier }) => `${file.path}: ${specifier}`),
      ),
    );
    expect(offences).toEqual([]);
  });

  test("the product is reached through its public subpaths only", () => {
    const manifest = JSON.parse(readFileSync(join(REPOSITORY, "packages/prefect-ts/package.json"), "utf8"));
    const open = Object.keys(manifest.exports).map((subpath) => `prefect-ts${subpath.slice(1)}`);
    const offences = everything.flatMap((file) => {
      const allowed = file.path.startsWith("packages/ui/") ? rooms.UI_SUBPATHS : open;
      return file.imports
        .filter(({ specifier }) => packageOf(specifier) === "prefect-ts" && !allowed.includes(specifier))
        .map(({ specifier }) => `${file.path}: ${specifier}`);
    });
    expect(offences).toEqual([]);
  });
});

describe("budgets and names", () => {
  test(`no file is longer than ${rooms.BUDGET.fileLines} lines`, () => {
    const long = everything.filter((file) => file.lines > rooms.BUDGET.fileLines);
    expect(long.map((file) => `${file.path}: ${file.lines} lines`)).toEqual([]);
  });

  test(`no function is longer than ${rooms.BUDGET.functionLines} lines`, () => {
    const long = everything
      .filter((file) => !file.isTest)
      .flatMap((file) =>
        file.functions
          .filter(({ lines }) => lines > rooms.BUDGET.functionLines)
          .map(({ line, lines }) => `${file.path}:${line}: ${lines} lines`),
      );
    expect(long).toEqual([]);
  });

  test(`the median file has at most ${rooms.BUDGET.medianLines} lines`, () => {
    const lengths = shipped.map((file) => file.lines).sort((a, b) => a - b);
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(rooms.BUDGET.medianLines);
  });

  test("file names are kebab-case and no drawers", () => {
    const offences = everything.filter(({ path, isTest }) => {
      const folders = path.split("/").slice(0, -1);
      const name = basename(path).replace(/(\.(test|suite|bench|d)|(\.[a-z]+)?\.config)?\.[a-z]+$/, "");
      const isRouteFile = path.startsWith("packages/ui/src/routes/"); // names are the URL's, `$id` included
      if (!isRouteFile && !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) return true;
      return [name, ...folders].some((part) => rooms.DRAWERS.includes(part)) || (name === "types" && !isTest);
    });
    expect(offences.map((file) => file.path)).toEqual([]);
  });

  test("a file that only passes on exports is the public entry of a subpath, and no room imports it", () => {
    const isEntry = (path: string) => path.endsWith("/index.ts") && path.slice(SRC.length).split("/").length <= 2;
    const barrels = new Set(shipped.filter((file) => file.isBarrel).map((file) => file.path));
    const misplaced = [...barrels].filter((path) => !isEntry(path));
    const used = shipped.flatMap((file) =>
      file.imports.map(({ specifier }) => resolveImport(file.path, specifier)).filter((target) => barrels.has(target)),
    );
    expect({ misplaced, used }).toEqual({ misplaced: [], used: [] });
  });

  test("no test is skipped, left to do or run alone, and nothing switches the checkers off", () => {
    const hatches = new RegExp(["as unknown" + " as", "@ts-" + "(ignore|nocheck)", "biome-" + "ignore"].join("|"));
    const expectedErrors = new RegExp("@ts-" + "expect-error"); // in a test of types it is the assertion
    const skips = /\b(it|test|describe)\.(skip|todo|only)\b/;
    const offences = everything.filter(
      ({ text, isTest }) => hatches.test(text) || (isTest ? skips : expectedErrors).test(text),
    );
    expect(offences.map((file) => file.path)).toEqual([]);
  });
});
