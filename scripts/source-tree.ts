/** Reads the hand-written TypeScript of the repository: files, their imports, the length of their functions. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

export const REPOSITORY = dirname(dirname(fileURLToPath(import.meta.url)));

/** `type`: gone after compilation. `dynamic`: loaded when its line runs. */
export type ImportKind = "static" | "dynamic" | "type";

export interface Import {
  specifier: string;
  kind: ImportKind;
}

export interface FunctionLength {
  line: number;
  lines: number;
}

export interface SourceFile {
  /** Relative to the repository, with `/`. */
  path: string;
  text: string;
  lines: number;
  isTest: boolean;
  imports: Import[];
  functions: FunctionLength[];
  /** Whether it does nothing but pass on what other files export. */
  isBarrel: boolean;
}

const SOURCE = /\.(ts|tsx|mts|mjs|js)$/;
const TEST = /\.(test|suite|bench)\.tsx?$|\/tests?\//;
const NOT_OURS = new Set(["node_modules", "dist", "generated", "coverage", "results"]);

export function readSources(folder: string): SourceFile[] {
  return listFiles(join(REPOSITORY, folder)).map((path) =>
    parse(relative(REPOSITORY, path), readFileSync(path, "utf8")),
  );
}

/** The path, relative to the repository, of what a relative import names. */
export function resolveImport(from: string, specifier: string): string {
  return relative(REPOSITORY, resolve(REPOSITORY, dirname(from), specifier));
}

function listFiles(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).filter(
    ({ name }) => !NOT_OURS.has(name) && !name.startsWith("."),
  );
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return listFiles(path);
    return SOURCE.test(entry.name) && !entry.name.endsWith(".d.ts") ? [path] : [];
  });
}

export function parse(path: string, text: string): SourceFile {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const imports: Import[] = [];
  const functions: FunctionLength[] = [];
  const lineOf = (position: number) => source.getLineAndCharacterOfPosition(position).line + 1;

  const visit = (node: ts.Node): void => {
    const found = importOf(node);
    if (found) imports.push(found);
    if (ts.isFunctionLike(node) && "body" in node && node.body) {
      const line = lineOf(node.getStart(source));
      functions.push({ line, lines: lineOf(node.end) - line + 1 });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);

  const lines = text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
  const isBarrel = source.statements.length > 0 && source.statements.every(isPassedOn);
  return { path, text, lines, isTest: TEST.test(path), imports, functions, isBarrel };
}

function isPassedOn(statement: ts.Statement): boolean {
  return ts.isExportDeclaration(statement) && statement.moduleSpecifier !== undefined;
}

function importOf(node: ts.Node): Import | undefined {
  if (ts.isImportDeclaration(node)) return declared(node.moduleSpecifier, node.importClause?.isTypeOnly === true);
  if (ts.isExportDeclaration(node) && node.moduleSpecifier) return declared(node.moduleSpecifier, node.isTypeOnly);
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return declared(node.argument.literal, true);
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [specifier] = node.arguments;
    if (specifier && ts.isStringLiteralLike(specifier)) return { specifier: specifier.text, kind: "dynamic" };
  }
  return undefined;
}

function declared(specifier: ts.Node, isTypeOnly: boolean): Import | undefined {
  if (!ts.isStringLiteral(specifier)) return undefined;
  return { specifier: specifier.text, kind: isTypeOnly ? "type" : "static" };
}
