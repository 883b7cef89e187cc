import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const REPOSITORY = join(import.meta.dirname, "..");

test("the README shows the example that CI runs", () => {
  const readme = readFileSync(join(REPOSITORY, "README.md"), "utf8");
  const shown = [...readme.matchAll(/<!-- (examples\/\S+) -->\n```ts\n([\s\S]*?)```/g)];
  expect(shown.length).toBeGreaterThan(0);
  for (const [, path = "", code] of shown) expect(code).toBe(readFileSync(join(REPOSITORY, path), "utf8"));
});
