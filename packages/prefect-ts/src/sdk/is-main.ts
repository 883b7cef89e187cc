import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

/**
 * Whether a module is the program that was started, rather than imported by another one.
 *
 * @example
 * ```ts
 * if (isMain(import.meta)) await etl(10);
 * ```
 */
export function isMain(meta: { readonly url: string }): boolean {
  const [, script] = process.argv;
  if (script === undefined) return false;
  const file = fileURLToPath(meta.url);
  return real(script) === real(file) || real(`${script}.js`) === real(file);
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
